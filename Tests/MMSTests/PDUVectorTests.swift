import MMS
import Testing
import Wire

@Suite struct PDUVectorTests {
    @Test(arguments: PDUVector.all)
    func `a PDU reads as its vector says`(vector: PDUVector) throws {
        let pdu = try vector.decode()
        #expect(pdu.type.name == vector.kind)
        #expect(Outline.of(pdu) == vector.fields)
        if let presented = vector.presented {
            let body = try #require(pdu.body)
            #expect(body.presented == presented.map { body.parts[$0] })
        }
        if let leaves = vector.leaves { #expect(pdu.body?.leaves.map(\.contentType.mediaType) == leaves) }
        if let names = vector.names { #expect(pdu.body?.parts.map(\.suggestedName) == names) }
    }

    @Test(arguments: PDUVector.all)
    func `a PDU is encoded in strict order and then reads the same`(vector: PDUVector) throws {
        let pdu = try vector.decode()
        let encoded = pdu.encoded()
        #expect(Hex.encode(encoded) == vector.encoded ?? vector.hex)
        #expect(try PDU(decoding: encoded).regular == pdu.regular)
    }

    @Test(arguments: PDUVector.all)
    func `every truncation throws or is a PDU that reads the same again`(vector: PDUVector) throws {
        let octets = try Hex.decode(vector.hex)
        for count in 0..<octets.count {
            guard let pdu = try? PDU(decoding: octets[..<count]) else { continue }
            #expect(try PDU(decoding: pdu.encoded()).regular == pdu.regular)
        }
    }

    @Test(arguments: PDUVector.all)
    func `no flipped bit traps, and what still reads is stable`(vector: PDUVector) throws {
        var octets = try Hex.decode(vector.hex)
        for bit in 0..<octets.count * 8 {
            octets[bit / 8] ^= 1 << (bit % 8)
            let pdu = try? PDU(decoding: octets)
            octets[bit / 8] ^= 1 << (bit % 8)
            guard let pdu else { continue }
            let again = try PDU(decoding: pdu.encoded())
            if again.regular != pdu.regular { Issue.record("bit \(bit): \(again) is not \(pdu)") }
        }
    }

    @Test func `the vectors cover every type of PDU`() {
        let kinds = Set(PDUVector.all.map(\.kind))
        for octet in UInt8(0x80)...0x97 { #expect(kinds.contains(MessageType(rawValue: octet).name)) }
    }

    @Test(arguments: [
        ("", "", 0), ("00", "", 0), ("8C82", "m-notification-ind", 2), ("8C8298540083", "m-notification-ind.headers.value", 6),
        ("8C829854008D92", "m-notification-ind", 7), ("8C8105", "m-send-conf.headers.header", 2), ("8C8698540095", "m-delivery-ind.headers.value", 6),
    ])
    func `what is missing is named with its place`(hex: String, path: String, offset: Int) throws {
        let octets = try Hex.decode(hex)
        let error = #expect(throws: DecodeError.self) { try PDU(decoding: octets) }
        #expect(error?.offset == offset)
        #expect(error?.path.joined(separator: ".").hasPrefix(path) == true)
    }
}

extension PDU {
    var body: Body? {
        switch self {
        case .sendRequest(let pdu): pdu.body
        case .retrieveConfirmation(let pdu): pdu.body
        case .other(let pdu): pdu.body
        default: nil
        }
    }

    /// Without what was wrong with its octets, which is right when it is written again.
    var regular: PDU {
        switch self {
        case .sendRequest(var pdu):
            pdu.body.irregularities = []
            return .sendRequest(pdu)
        case .retrieveConfirmation(var pdu):
            pdu.body?.irregularities = []
            return .retrieveConfirmation(pdu)
        case .other(var pdu):
            pdu.body?.irregularities = []
            return .other(pdu)
        default:
            return self
        }
    }
}
