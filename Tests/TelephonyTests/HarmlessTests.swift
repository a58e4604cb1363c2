import Telephony
import Testing

@Suite struct HarmlessTests {
    @Test(arguments: [
        ("Grüezi, 你好 🙂", "Grüezi, 你好 🙂"), ("a\nb\tc\rd", #"a\nb\tc\rd"#), ("a\r\nb", #"a\r\nb"#), ("\u{1B}[2J\u{07}\u{00}", #"\u{1B}[2J\u{7}\u{0}"#),
        ("\u{9B}31m\u{7F}", #"\u{9B}31m\u{7F}"#), ("\u{202E}gnp.exe\u{2066}", #"\u{202E}gnp.exe\u{2066}"#), ("one\u{2028}two", #"one\u{2028}two"#),
        ("שלום \u{200F}", "שלום \u{200F}"), ("👩\u{200D}👧", "👩\u{200D}👧"),
    ])
    func `what would command a terminal or end a line is shown, everything else stays`(text: String, shown: String) {
        #expect(text.harmlessLine == shown)
    }

    @Test func `a text of several lines keeps its lines and tabs`() {
        #expect("one\n\ttwo\r\u{1B}c".harmlessLines == "one\n\ttwo\\r\\u{1B}c")
    }
}
