import SMS
import Testing
import Wire

@Suite struct PDUVectorTests {
    @Test(arguments: PDUVector.all)
    func `a PDU reads as its vector says`(vector: PDUVector) throws {
        let tpdu = try vector.decode().tpdu
        #expect(tpdu.kind == vector.kind)
        #expect(tpdu.address?.text == vector.address)
        #expect(tpdu.userData?.text == vector.text)
        #expect(tpdu.userData?.binary.map { Hex.encode($0) } == vector.octets)
        #expect(tpdu.irregularities == Irregularities(rawValue: vector.irregularities ?? 0))
        if tpdu.timestamp != nil {
            #expect(tpdu.timestamp?.secondsSince1970 == vector.seconds)
            if vector.seconds != nil { #expect(tpdu.timestamp?.zoneQuarterHours == vector.zone) }
        }
        if let reference = vector.reference { #expect(tpdu.reference == reference) }
        if case .statusReport(let report) = tpdu { #expect(report.status.octet == vector.status) }
    }

    @Test(arguments: PDUVector.all)
    func `a PDU is encoded as it was and then reads the same`(vector: PDUVector) throws {
        let pdu = try vector.decode()
        let encoded = pdu.encode()
        #expect(encoded.hex == vector.encoded ?? vector.hex)
        #expect(try ModemPDU(decoding: encoded.octets, direction: vector.way) == pdu)
        #expect(encoded.tpduLength == encoded.octets.count - 1 - Int(encoded.octets[0]))
    }

    @Test(arguments: PDUVector.all)
    func `every truncation throws, is flagged or is a shorter PDU that reads the same again`(vector: PDUVector) throws {
        let octets = try Hex.decode(vector.hex)
        for count in 0..<octets.count {
            guard let pdu = try? ModemPDU(decoding: Array(octets[..<count]), direction: vector.way) else { continue }
            #expect(try ModemPDU(decoding: pdu.encode().octets, direction: vector.way) == pdu)
            if let userData = pdu.tpdu.userData, userData.length > 0 {
                let declared = userData.alphabet == .gsm7 ? GSM7.octetCount(ofSeptets: Int(userData.length)) : Int(userData.length)
                #expect(userData.irregularities.contains(.truncated) == (userData.octets.count < declared))
            }
        }
    }

    @Test(arguments: PDUVector.all)
    func `no flipped bit traps, and what still reads is stable`(vector: PDUVector) throws {
        var octets = try Hex.decode(vector.hex)
        for bit in 0..<octets.count * 8 {
            octets[bit / 8] ^= 1 << (bit % 8)
            let pdu = try? ModemPDU(decoding: octets, direction: vector.way)
            octets[bit / 8] ^= 1 << (bit % 8)
            // Further in there is only text, where a flip makes another character.
            guard let pdu, bit / 8 < 40 else { continue }
            let again = try ModemPDU(decoding: pdu.encode().octets, direction: vector.way)
            if again != pdu { Issue.record("bit \(bit): \(again) is not \(pdu)") }
        }
    }

    @Test(arguments: [
        ("", "serviceCentre", 0), ("05", "serviceCentre", 1), ("0C91", "serviceCentre", 0), ("00", "deliver.firstOctet", 1),
        ("00040B", "deliver.originatingAddress", 3), ("00040B9151", "deliver.originatingAddress", 4),
        ("000416910000000000000000000000", "deliver.originatingAddress", 2), ("0004008100", "deliver.dataCodingScheme", 5),
        ("00040081000062", "deliver.serviceCentreTimestamp", 6), ("00040081000062110221436504", "deliver.userDataLength", 13),
        ("000600", "statusReport.recipientAddress", 3), ("000100", "submitReport.serviceCentreTimestamp", 3),
    ])
    func `what is missing or too long is named with its place`(hex: String, path: String, offset: Int) {
        let error = #expect(throws: DecodeError.self) { try ModemPDU(hex: hex, direction: .toMobile) }
        #expect(error?.path.joined(separator: ".") == path)
        #expect(error?.offset == offset)
    }

    @Test func `the reserved type from a phone is refused`() {
        #expect(throws: DecodeError.self) { try TPDU(decoding: [0x03, 0x00], direction: .fromMobile) }
    }
}
