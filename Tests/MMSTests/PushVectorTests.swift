import MMS
import Testing
import Wire

@Suite struct PushVectorTests {
    @Test(arguments: PushVector.all)
    func `a push reads as its vector says`(vector: PushVector) throws {
        let push = try Push(decoding: Hex.decode(vector.hex))
        #expect("\(push.kind)" == vector.kind)
        #expect("\(push.contentType)" == vector.contentType)
        #expect(push.applicationID?.name == vector.applicationID)
        #expect(Outline.text(push.headers, named: Outline.wspField) == vector.headers)
        #expect(Hex.encode(push.body) == vector.body)
        if push.kind == .multimediaMessage { #expect(throws: Never.self) { try PDU(decoding: push.body) } }
    }

    @Test(arguments: PushVector.all)
    func `a push is encoded as it was and then reads the same`(vector: PushVector) throws {
        let push = try Push(decoding: Hex.decode(vector.hex))
        #expect(Hex.encode(push.encoded()) == vector.encoded ?? vector.hex)
        #expect(try Push(decoding: push.encoded()) == push)
    }

    @Test(arguments: PushVector.all)
    func `no truncation and no flipped bit traps, and what still reads is stable`(vector: PushVector) throws {
        var octets = try Hex.decode(vector.hex)
        for count in 0..<octets.count {
            guard let push = try? Push(decoding: octets[..<count]) else { continue }
            #expect(try Push(decoding: push.encoded()) == push)
        }
        for bit in 0..<octets.count * 8 {
            octets[bit / 8] ^= 1 << (bit % 8)
            let push = try? Push(decoding: octets)
            octets[bit / 8] ^= 1 << (bit % 8)
            if let push, try Push(decoding: push.encoded()) != push { Issue.record("bit \(bit): \(push)") }
        }
    }

    @Test(arguments: [("", "push.transactionID", 0), ("0105", "push.type", 1), ("010605BE", "push.headers", 3), ("01060180", "nothing", 0)])
    func `what is no push is refused with its place`(hex: String, path: String, offset: Int) throws {
        let octets = try Hex.decode(hex)
        guard path != "nothing" else {
            #expect(try Push(decoding: octets).kind == .other)
            return
        }
        let error = #expect(throws: DecodeError.self) { try Push(decoding: octets) }
        #expect(error?.path.joined(separator: ".") == path)
        #expect(error?.offset == offset)
    }

    @Test func `a notification is pushed as carriers do`() throws {
        let indication = NotificationIndication(transactionID: "T1", contentLocation: "http://mms.example.net/1", messageSize: 300, expiry: .relative(seconds: 60))
        let push = try Push(decoding: Push(.notificationIndication(indication), transactionID: 9).encoded())
        #expect(push.transactionID == 9)
        #expect(push.kind == .multimediaMessage)
        #expect(push.applicationID == .mms)
        #expect(try PDU(decoding: push.body) == .notificationIndication(indication))
    }
}
