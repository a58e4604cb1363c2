import SMS
import Testing
import Wire

@testable import Simulator

/// The simulated MMSC as a value.
@Suite struct MultimediaTests {
    static let line = "+15550100100"
    static let friend = "+15550123"
    static let photo = PicturePart(type: "image/jpeg", name: "photo.jpg", octets: [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9])
    static let caption = PicturePart(type: "text/plain", name: "text.txt", octets: Array("Grüße 🚀".utf8))

    static func centre() -> MultimediaCentre {
        var centre = MultimediaCentre()
        centre.base = "http://127.0.0.1:8000"
        centre.lines = [line]
        return centre
    }

    /// M-Send.req with these parts, to the friend.
    static func submission(_ parts: [PicturePart], to recipients: [String] = [friend], asking: Bool = false) -> [UInt8] {
        var pdu = MultimediaPDU(.sendRequest)
        pdu.add(.transaction, WSPValue.text("T77"))
        for recipient in recipients { pdu.add(.to, MultimediaPDU.address(recipient)) }
        if asking {
            pdu.add(.deliveryReport, [0x80])
            pdu.add(.readReport, [0x80])
        }
        (pdu.contentType, pdu.body) = MultipartBody.compose(parts)
        return pdu.octets
    }

    static let mediaType = ["content-type": MultimediaCentre.mediaType]

    @Test func `what a friend sends waits at an address nobody guesses, and is announced by push`() throws {
        var centre = Self.centre()
        let effects = centre.send([Self.caption, Self.photo], from: Self.friend, to: [Self.line, "+1999"], subject: "Süß", at: 1_800_000_000)
        guard case .push(let octets, Self.line)? = effects.first, effects.count == 1 else { throw Refusal(reason: "\(effects)") }
        let notification = try #require(MultimediaPDU(octets: octets))
        #expect(notification.kind == .notification)
        let location = try #require(notification.string(.contentLocation))
        #expect(location.hasPrefix("http://127.0.0.1:8000/m/") && location.count > 40)
        let (reply, _) = centre.answer("GET", String(location.dropFirst(21)), headers: [:], body: [], line: Self.line, at: 0)
        #expect(reply.status == 200)
        let retrieval = try #require(MultimediaPDU(octets: reply.body))
        #expect(retrieval.kind == .retrieval)
        #expect(retrieval.string(.subject) == "Süß")
        #expect(retrieval.numbers(.to) == [Self.line, "+1999"])
        #expect(MultipartBody.parts(contentType: retrieval.contentType, body: retrieval.body) == [Self.caption, Self.photo])
        #expect(centre.answer("GET", "/m/other", headers: [:], body: [], line: Self.line, at: 0).reply.status == 404)
    }

    @Test func `what our line sends is confirmed by its transaction and arrives outside`() throws {
        var centre = Self.centre()
        let (reply, effects) = centre.answer(
            "POST", "/mms/15550100100", headers: Self.mediaType, body: Self.submission([Self.photo]), line: Self.line, at: 5)
        let confirmation = try #require(MultimediaPDU(octets: reply.body))
        #expect(confirmation.kind == .sendConfirmation)
        #expect(confirmation.string(.transaction) == "T77")
        #expect(confirmation.values(.responseStatus) == [[0x80]])
        #expect(centre.received.map(\.parts) == [[Self.photo]])
        #expect(centre.received.map(\.to) == [[Self.friend]])
        #expect(effects == [.received(centre.received[0])])
    }

    @Test func `reports come by push when they are asked for`() throws {
        var centre = Self.centre()
        let request = Self.submission([Self.photo], asking: true)
        let (_, effects) = centre.answer("POST", "/mms", headers: Self.mediaType, body: request, line: Self.line, at: 5)
        let reports = effects.compactMap { effect in
            if case .pushLater(let octets, Self.line, _) = effect { MultimediaPDU(octets: octets)?.kind } else { nil }
        }
        #expect(reports == [.deliveryReport, .originatorsReadReport])
        centre.reports.status = nil
        centre.reports.isRead = false
        #expect(centre.answer("POST", "/mms", headers: Self.mediaType, body: request, line: Self.line, at: 5).effects.count == 1)
    }

    @Test func `a message between our lines is pushed to the other, not to the writer`() throws {
        var centre = Self.centre()
        centre.lines.insert("+15550100101")
        let request = Self.submission([Self.photo], to: ["+15550100101", Self.line, Self.friend])
        let (_, effects) = centre.answer("POST", "/mms", headers: Self.mediaType, body: request, line: Self.line, at: 5)
        let pushed = effects.compactMap { if case .push(_, let number) = $0 { number } else { nil } }
        #expect(pushed == ["+15550100101"])
        #expect(centre.received.count == 1)
    }

    @Test func `answers of our phone are kept`() {
        var centre = Self.centre()
        let response: [UInt8] = [0x8C, 0x83, 0x98, 0x54, 0x31, 0x00, 0x8D, 0x92, 0x95, 0x81]
        let (reply, effects) = centre.answer("POST", "/mms", headers: Self.mediaType, body: response, line: Self.line, at: 5)
        #expect(reply.status == 200 && reply.body.isEmpty && effects.isEmpty)
        #expect(centre.told == [response])
    }

    @Test(arguments: [("text/plain", [UInt8]([0x8C, 0x80]), 415), (MultimediaCentre.mediaType, [], 400), (MultimediaCentre.mediaType, [1, 2, 3], 400)])
    func `what is no PDU is refused`(type: String, body: [UInt8], status: Int) {
        var centre = Self.centre()
        #expect(centre.answer("POST", "/mms", headers: ["content-type": type], body: body, line: Self.line, at: 5).reply.status == status)
        #expect(centre.received.isEmpty)
    }

    @Test func `a refusal is a PDU with its response status, and loses nothing of the next`() throws {
        var centre = Self.centre()
        centre.plan(.refuse(responseStatus: 0xE2), times: 1)
        let (reply, _) = centre.answer("POST", "/mms", headers: Self.mediaType, body: Self.submission([Self.photo]), line: Self.line, at: 5)
        #expect(try #require(MultimediaPDU(octets: reply.body)).values(.responseStatus) == [[0xE2]])
        #expect(centre.received.isEmpty)
        _ = centre.answer("POST", "/mms", headers: Self.mediaType, body: Self.submission([Self.photo]), line: Self.line, at: 5)
        #expect(centre.received.count == 1)
    }

    @Test func `a push is cut into segments for port 2948 that say which they are`() throws {
        let pdu = [UInt8](repeating: 0x41, count: 300)
        let tpdus = try PushMessage.tpdus(pdu, transaction: 9, from: "7626", at: Timestamp(secondsSince1970: 1_800_000_000, zoneQuarterHours: 4))
        #expect(tpdus.count == 3)
        var joined: [UInt8] = []
        for (place, tpdu) in tpdus.enumerated() {
            guard case .deliver(let deliver) = try TPDU(decoding: tpdu, direction: .toMobile) else { throw Refusal(reason: "no DELIVER") }
            #expect(deliver.userData.header?.ports?.destination == 2948)
            #expect(deliver.userData.header?.concatenation?.sequence == UInt8(place + 1))
            guard case .octets(let octets) = deliver.userData.content else { throw Refusal(reason: "no octets") }
            joined += octets
        }
        #expect(joined.prefix(3) == [9, 0x06, UInt8("application/vnd.wap.mms-message".utf8.count + 3)])
        #expect(joined.suffix(300) == pdu[...])
    }

    @Test func `no octets trap the MMSC`() {
        let whole = Self.submission([Self.caption, Self.photo], asking: true)
        for end in whole.indices {
            var centre = Self.centre()
            _ = centre.take(Array(whole[..<end]), from: Self.line, at: 0)
        }
        for place in whole.indices {
            for bit in 0..<8 {
                var damaged = whole
                damaged[place] ^= 1 << bit
                var centre = Self.centre()
                _ = centre.take(damaged, from: Self.line, at: 0)
            }
        }
    }
}
