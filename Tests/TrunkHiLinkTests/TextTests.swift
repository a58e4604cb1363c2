import Messaging
import MMS
import SMS
import Telephony
import Testing

@testable import TrunkHiLink

@Suite struct TextTests {
    private let numbers = NumberPlan(country: "CH")!
    private let utc = RouterClock("UTC")!

    private func received(_ text: StoredText, server: String? = nil, canFetch: Bool = false) -> ReceivedText {
        ReceivedText(text, clock: utc, numbers: numbers, pictureServer: server, canFetch: canFetch)
    }

    private func stored(_ content: String, kind: Int = 1, phone: String = "+41791112233") -> StoredText {
        StoredText(Element("message", children: [
            Element("Index", text: "40000"), Element("Phone", text: phone), Element("Content", text: content), Element("Date", text: "2026-11-20 23:33:01"),
            Element("SmsType", text: "\(kind)"),
        ]))!
    }

    @Test func `a page is read, whatever kinds are on it`() throws {
        let page = StoredText.page(try Vectors.element("sms-list"))
        #expect(page.map(\.index) == [40000, 40001, 40002, 40003, 40004])
        #expect(page.map(\.content) == ["Tom & Jerry <3", "Grüße 😀", "one two three", "", "qYk3tX.mms"])
        #expect(page.map(\.kind) == [.single, .unicode, .multipart, .delivered, .other(12)])
        #expect(StoredText.page(try Vectors.element("sms-list-empty")).isEmpty)
        let counts = BoxCounts(try Vectors.element("sms-count"))
        #expect(counts.used == 500 && counts.isFull && counts.simInbox == 1)
    }

    @Test func `boxes that are said to hold more than there is are full`() {
        let fields = [("LocalInbox", "9223372036854775807"), ("LocalOutbox", "1"), ("LocalDraft", "9223372036854775807"), ("LocalMax", "500")]
        #expect(BoxCounts(Element("response", children: fields.map { Element($0, text: $1) })).isFull)
    }

    @Test(arguments: [
        ("UTC", "2026-11-20 23:33:01", 1_795_217_581), ("Europe/Zurich", "2026-11-21 00:33:01", 1_795_217_581), ("Europe/Zurich", "2026-07-01 12:00:00", 1_782_900_000),
        ("America/New_York", "2026-11-20T18:33:01", 1_795_217_581), ("UTC", "2024-02-29 00:00:00", 1_709_164_800),
        ("Europe/Zurich", "2026-10-25 02:30:00", 1_792_891_800),
    ] as [(String, String, Int64)])
    func `the router's time is that of its place`(zone: String, text: String, seconds: Int64) throws {
        let clock = try #require(RouterClock(zone))
        #expect(clock.instant(text) == Instant(seconds: seconds))
        #expect(clock.instant(clock.text(Instant(seconds: seconds))) == Instant(seconds: seconds))
    }

    @Test(arguments: ["", "yesterday", "2026-13-01 00:00:00", "2026-11-20", "1970-01-01 00:00:00", "2026-11-20 24:00:00", "99999999999999999999-1-1 1:1:1"])
    func `what is no time is none`(text: String) {
        #expect(utc.instant(text) == nil)
    }

    @Test func `a text becomes a message, a report a report, an unknown kind is shown`() {
        #expect(received(stored("Hi")) == .handover(.message(HandedMessage(from: "+41791112233", text: "Hi", sentAt: Instant(seconds: 1_795_217_581)))))
        #expect(received(stored("", kind: 7, phone: "0791112233"))
            == .handover(.report(HandedReport(reference: "+41791112233", recipient: "0791112233", fate: .delivered, at: Instant(seconds: 1_795_217_581)))))
        guard case .handover(.report(let failed)) = received(stored("x", kind: 8)), case .failed = failed.fate else {
            Issue.record("no report of a failure")
            return
        }
        for (content, kind, shown) in [("two words", 12, "two words"), ("OK", 12, "OK"), ("Mr.", 12, "Mr."), (" ", 12, "[A message of a kind that is not known (12)."), ("http://example.org/a", 1, "http://example.org/a")] {
            guard case .handover(.message(let message)) = received(stored(content, kind: kind)) else {
                Issue.record("\(content) is no message")
                continue
            }
            #expect(message.parts.first?.text?.hasPrefix(shown) == true)
        }
    }

    @Test func `of a picture message is told what the router shows and that it hides the rest`() {
        guard case .handover(.message(let message)) = received(stored("qYk3tX.mms", kind: 12)) else {
            Issue.record("no message")
            return
        }
        let text = message.parts.first?.text ?? ""
        #expect(text.contains("qYk3tX.mms") && text.contains("hides the rest"))
        guard case .handover(.message(let whole)) = received(stored("http://mmsc.example/abc", kind: 12)) else {
            Issue.record("fetched without settings")
            return
        }
        #expect(whole.parts.first?.text?.contains("section 'mms'") == true)
    }

    @Test func `a whole address is fetched, the rest of one where the server is known`() {
        let pushed = "\u{6}(application/vnd.wap.mms-message\u{0}\u{84}http://mmsc.example/abc?x=1\u{0}more"
        #expect(received(stored(pushed), canFetch: true) == .picture(address: "http://mmsc.example/abc?x=1", from: "+41791112233"))
        #expect(received(stored("/qYk3tX", kind: 12), server: "http://mmsc.example/", canFetch: true) == .picture(address: "http://mmsc.example/qYk3tX", from: "+41791112233"))
        guard case .handover = received(stored("qYk3tX", kind: 12), canFetch: true) else {
            Issue.record("fetched from nowhere")
            return
        }
    }

    @Test(arguments: [20, 300]) func `a notice is put back into its form, and the interpreter of notices reads it`(length: Int) throws {
        let address = "http://mmsc.example/" + String(repeating: "a", count: length)
        let pdus = PictureAnnouncement.segments(address: address, from: .number("+41791112233"), at: Instant(seconds: 1_795_217_581))
        let receipts = pdus.enumerated().map { index, octets in
            Receipt(id: ReceiptID(high: 1, low: UInt64(index)), line: "home", format: .modemPDU, place: "inbox/1/\(index)", octets: octets, receivedAt: Instant(seconds: 1_795_217_600))
        }
        let found = SMSInterpreter(numbers: numbers).interpret(receipts, now: Instant(seconds: 1_795_217_600))
        guard found.count == 1, case .announcement(let announcement) = found[0].meaning else {
            Issue.record("\(found)")
            return
        }
        #expect(announcement.location == address && announcement.sender == nil)
    }

    @Test func `a text of several segments is taken when it has not changed for a while`() {
        var ripening = Ripening()
        let start = Instant(seconds: 1_800_000_000)
        #expect(ripening.isRipe(stored("alone"), at: "inbox/1", now: start) == true)
        #expect(ripening.isRipe(stored("one", kind: 2), at: "inbox/2", now: start) == false)
        #expect(ripening.isRipe(stored("one two", kind: 2), at: "inbox/2", now: start + .seconds(9)) == false)
        #expect(ripening.isRipe(stored("one two", kind: 2), at: "inbox/2", now: start + .seconds(18)) == false)
        #expect(ripening.isRipe(stored("one two", kind: 2), at: "inbox/2", now: start + .seconds(19)) == true)
        ripening.keep([])
        #expect(ripening.isRipe(stored("one two", kind: 2), at: "inbox/2", now: start + .seconds(30)) == false)
    }

    @Test func `long texts are cut between words, and nothing of them is lost`() {
        let words = String(repeating: "word and another ", count: 200)
        let portions = TextPortions.cut(words, segments: 5)
        #expect(portions.joined() == words && portions.count > 3)
        #expect(portions.allSatisfy { TextPortions.segments(of: $0) <= 5 })
        #expect(portions.dropLast().allSatisfy { $0.hasSuffix(" ") })
        let emoji = String(repeating: "👨‍👩‍👧‍👦", count: 60)
        #expect(TextPortions.cut(emoji, segments: 1).joined() == emoji)
        #expect(TextPortions.cut("short", segments: 1) == ["short"])
        #expect(TextPortions.isPlain("€ and é") && !TextPortions.isPlain("ж"))
    }

    @Test func `the router's copy settles a doubt only when number, text and time are ours`() {
        let mark = SentBox.Mark(phone: "+41791112233", content: "Hi ", date: "2026-11-20 23:33:01")
        func copy(_ phone: String, _ content: String, _ date: String, state: Int) -> StoredText {
            StoredText(Element("message", children: [
                Element("Index", text: "1"), Element("Phone", text: phone), Element("Content", text: content), Element("Date", text: date),
                Element("Smstat", text: "\(state)"),
            ]))!
        }
        let ours = copy("+41791112233", "Hi", "2026-11-20 23:33:01", state: 3)
        #expect(SentBox.finding(mark, sent: [ours], drafts: []) == .sent)
        #expect(SentBox.finding(mark, sent: [copy("+41791112233", "Hi", "2026-11-20 23:33:01", state: 2)], drafts: []) == .pending)
        #expect(SentBox.finding(mark, sent: [copy("+41791112233", "Hi", "2026-11-20 23:33:01", state: 9)], drafts: []) == .unknown)
        #expect(SentBox.finding(mark, sent: [], drafts: [ours]) == .failed)
        for other in [copy("+41791112234", "Hi", "2026-11-20 23:33:01", state: 3), copy("+41791112233", "Ho", "2026-11-20 23:33:01", state: 3), copy("+41791112233", "Hi", "2026-11-20 23:33:02", state: 3)] {
            #expect(SentBox.finding(mark, sent: [other], drafts: []) == .unknown)
        }
    }

    @Test func `the state of a send is that of our number`() throws {
        #expect(SendStatus(try Vectors.element("send-status"), phone: "+41791112233") == .sending)
        #expect(SendStatus(try Vectors.element("send-status"), phone: "+41791112234") == .unknown)
        func status(_ sent: String, _ failed: String) -> SendStatus {
            SendStatus(Element("response", children: [Element("Phone"), Element("SucPhone", text: sent), Element("FailPhone", text: failed)]), phone: "1")
        }
        #expect(status("2,1", "") == .sent && status("", "1") == .failed && status("1", "1") == .failed && status("11", "") == .unknown)
    }

    @Test func `signal strengths are read with their units`() throws {
        let state = NetworkState(Element("response", children: [Element("ServiceStatus", text: "2"), Element("CurrentNetworkType", text: "19")]), signal: try Vectors.element("signal"))
        #expect(state.signal == -95 && state.technology == "LTE" && state.service == .available)
        #expect(NetworkState.decibels(">=-51dBm") == -51 && NetworkState.decibels("none") == nil && NetworkState.decibels("-9999dBm") == nil)
    }
}
