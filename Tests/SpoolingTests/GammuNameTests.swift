import Spooling
import Testing

@Suite struct GammuNameTests {
    private let time = CivilTime(year: 2002, month: 11, day: 30, hour: 2, minute: 15, second: 31)

    @Test func `the name of what came tells when, from whom and which part`() {
        let name = GammuInboxName("IN20021130_021531_00_+4200_01.txt")
        #expect(name == GammuInboxName(time: time, serial: 0, sender: "+4200", part: 1))
        #expect(name?.description == "IN20021130_021531_00_+4200_01.txt")
        #expect(name?.message == "IN20021130_021531_00_+4200")
    }

    @Test func `a sender may have spaces and underscores of its own`() {
        #expect(GammuInboxName("IN20021130_021531_07_My Bank_Inc_00.txt")?.sender == "My Bank_Inc")
        #expect(GammuInboxName("IN20021130_021531_07_+4200_00.bin")?.form == .octets)
    }

    @Test func `what is from nobody has an empty sender and may have no time`() {
        let name = GammuInboxName("IN00000000_000000_03__00.txt")
        #expect(name?.sender == "" && name?.time == nil && name?.serial == 3)
        #expect(GammuInboxName("IN20021130_021531_00__00.txt")?.sender == "")
    }

    @Test(arguments: [
        "", "IN", "INBOX.txt", "IN20021130_021531_00_+4200_01", "IN20021130_021531_00_+4200.txt", "IN20021330_021531_00_+4200_01.txt",
        "IN20021130_021531_x_+4200_01.txt", "OUT+4200.txt", "IN2002113_0021531_00_+4200_01.txt", "IN20021130_021531_00_+4200_01.exe",
    ])
    func `no other name is taken for one`(name: String) {
        #expect(GammuInboxName(name) == nil)
    }

    @Test(arguments: [
        ("OUT+4917.txt", "+4917", GammuOutboxName.Form.text([])), ("out4917.txtd", "4917", .text(.report)),
        ("OUTA_+4917_00.txt", "+4917", .text([])), ("OUTG20040620_193810_123_+4512345678_xpq.txtdf", "+4512345678", .text([.report, .flash])),
        ("OUTC20261121_093716_00_+491701234567_sms0.smsbackup", "+491701234567", .backup),
        ("OUT20040620_193810_123_555_more_notes_here.txt", "555", .text([])), ("OUT1.txtb", "1", .text(.bookmark)),
    ])
    func `the number is found by the underscores, the options behind the suffix`(name: String, number: String, form: GammuOutboxName.Form) {
        #expect(GammuOutboxName(name)?.number == number)
        #expect(GammuOutboxName(name)?.form == form)
    }

    @Test(arguments: ["OUTB_123.txt", "OUTA20040620_193810_123_555.txt", "OUT.txt", "OUTA__00.txt"])
    func `one or three underscores have no number, nor has an empty place`(name: String) throws {
        #expect(try #require(GammuOutboxName(name)).number == nil)
    }

    @Test(arguments: [".OUT1.txt", "IN1.txt", "OUT1.doc", "OUT1", "readme.txt"])
    func `what does not begin and end so is left alone`(name: String) {
        #expect(GammuOutboxName(name) == nil)
    }

    @Test(arguments: ["../../etc/passwd", "a/b", "\0", "Ünïcode \u{202E}", "....", "-rf *", "name_with_underscores", String(repeating: "9", count: 500)])
    func `nothing from outside leads out of a folder or changes how a name is read`(sender: String) throws {
        let name = GammuInboxName(time: time, serial: 0, sender: SpoolName.piece(sender), part: 0)
        #expect(SpoolName.isPlain(name.description) && !name.description.contains("/") && !name.description.contains(".."))
        #expect(GammuInboxName(name.description) == name)
        let backup = GammuOutboxName.backup(at: try #require(time), to: sender, note: sender)
        #expect(SpoolName.isPlain(backup) && GammuOutboxName(backup)?.form == .backup)
    }
}
