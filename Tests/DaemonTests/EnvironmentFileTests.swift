import Testing

@testable import Daemon

@Suite struct EnvironmentFileTests {
    @Test(arguments: [
        ("A=1", "1"), ("export A=1", "1"), ("  A = 1  ", "1"), ("A='x # y'", "x # y"), ("A=\"x \\\"y\\\" \\\\ z\"", "x \"y\" \\ z"), ("A=x # a comment", "x"),
        ("A=x#y", "x#y"), ("A=", ""), ("A=''", ""), ("A=a=b=c", "a=b=c"), ("A=1\nA=2", "2"), ("A=\"unfinished", "unfinished"), ("# no\nA=1\n\n", "1"),
    ])
    func `a value is read as its writer meant it`(text: String, value: String) {
        let file = EnvironmentFile(text)
        #expect(file.values == ["A": value] && file.strangeLines.isEmpty)
    }

    @Test func `lines that assign nothing are told by their number`() {
        let file = EnvironmentFile("A=1\nwhat is this\n=x\n1A=2\nB-C=3\n# fine\n")
        #expect(file.values == ["A": "1"] && file.strangeLines == [2, 3, 4, 5])
    }
}
