import SMS
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("+15551234567", TypeOfAddress.international, "15551234567"), ("8222", .unknown, "8222"), ("*100#", .unknown, "*100#"), ("", .unknown, ""),
    ])
    func `a number as people write it`(number: String, type: TypeOfAddress, digits: String) throws {
        let address = try Address(number: number)
        #expect(address.type == type)
        #expect(address.value == .digits(digits))
        #expect(address.text == number)
    }

    @Test func `only an international number gets a plus sign`() throws {
        #expect(try Address(digits: "8222", type: .unknown).text == "8222")
        #expect(try Address(digits: "0301234", type: .national).text == "0301234")
        #expect(try Address(digits: "49301234", type: TypeOfAddress(.international, .unknown)).text == "+49301234")
    }

    @Test func `what no address can hold is refused`() {
        #expect(throws: EncodeError.notInAlphabet("+")) { try Address(digits: "+1555") }
        #expect(throws: EncodeError.notInAlphabet("\r")) { try Address(number: "1555\rAT") }
        #expect(throws: EncodeError.notInAlphabet("٣")) { try Address(number: "٣") }
        #expect(throws: EncodeError.tooLong(limit: 20)) { try Address(number: "123456789012345678901") }
        #expect(throws: EncodeError.tooLong(limit: 11)) { try Address(name: "TWELVE CHARS") }
        #expect(throws: EncodeError.tooLong(limit: 11)) { try Address(name: "€€€€€€") }
        #expect(throws: EncodeError.notInAlphabet("Я")) { try Address(name: "Я") }
    }

    @Test(arguments: ["A", "AB", "Vodafon", "VODAFONE", "Hello World", "€€€", "[x]@y", "1234567@", "@", "[1234]@", ""])
    func `a name comes back from the wire`(name: String) throws {
        let deliver = Deliver(from: try Address(name: name), .empty, at: Timestamp(secondsSince1970: 0))
        guard case .deliver(let decoded) = try TPDU(decoding: TPDU.deliver(deliver).encode(), direction: .toMobile) else {
            Issue.record("not a DELIVER")
            return
        }
        #expect(decoded == deliver)
        #expect(decoded.originatingAddress.text == name)
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func `a type of address is kept, its parts are named`(octet: UInt8) {
        let type = TypeOfAddress(rawValue: octet)
        #expect(type.rawValue == octet)
        #expect(TypeOfAddress(type.number, type.plan).rawValue == octet | 0x80)
    }

    @Test func `a service centre's address counts octets`() throws {
        let submit = TPDU.submit(Submit(to: try Address(number: "+1555"), .empty))
        let centre = try Address(number: "+155500010")
        let encoded = ModemPDU(submit, serviceCentre: centre).encode()
        #expect(encoded.hex.hasPrefix("069151550010F0"))
        #expect(try ModemPDU(decoding: encoded.octets, direction: .fromMobile).serviceCentre == centre)
        #expect(ModemPDU(submit).encode().hex.hasPrefix("00"))
        #expect(ModemPDU(submit).encode().tpduLength == encoded.tpduLength)
    }
}
