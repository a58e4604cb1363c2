import SMS
import Testing

@Suite struct UserDataTests {
    /// Capacities that 3GPP TS 23.040 §9.2.3.24 leaves behind a header.
    @Test(arguments: [
        ([], 160), ([.concatenation(Concatenation(reference: .short(1), total: 2, sequence: 1))], 153),
        ([.concatenation(Concatenation(reference: .long(1), total: 2, sequence: 1))], 152), ([.nationalSingleShift(.turkish)], 155),
        ([.nationalSingleShift(.turkish), .nationalLockingShift(.turkish)], 152),
        ([.concatenation(Concatenation(reference: .short(1), total: 2, sequence: 1)), .nationalSingleShift(.turkish)], 149),
    ] as [([InformationElement], Int)])
    func `seven-bit text fills 140 octets and not one more`(elements: [InformationElement], septets: Int) throws {
        let header = elements.isEmpty ? nil : UserDataHeader(elements)
        let full = try UserData(gsm7: String(repeating: "a", count: septets), header: header)
        #expect(full.length == 160)
        #expect(full.octets.count == 140)
        #expect(throws: EncodeError.tooLong(limit: 160)) { try UserData(gsm7: String(repeating: "a", count: septets + 1), header: header) }
    }

    @Test(arguments: [
        (nil, 140), (UserDataHeader([.concatenation(Concatenation(reference: .short(1), total: 2, sequence: 1))]), 134),
        (UserDataHeader([.ports(.long(destination: 2948, source: 9200))]), 133),
        (UserDataHeader([.ports(.long(destination: 2948, source: 9200)), .concatenation(Concatenation(reference: .short(1), total: 2, sequence: 1))]), 128),
    ] as [(UserDataHeader?, Int)])
    func `octets fill 140 and not one more`(header: UserDataHeader?, room: Int) throws {
        #expect(try UserData(octets: [UInt8](repeating: 1, count: room), header: header).length == 140)
        #expect(throws: EncodeError.tooLong(limit: 140)) { try UserData(octets: [UInt8](repeating: 1, count: room + 1), header: header) }
    }

    @Test func `a header that is too long is refused`() {
        let header = UserDataHeader([.other(identifier: 0xC0, octets: [UInt8](repeating: 0, count: 255))])
        #expect(throws: EncodeError.tooLong(limit: 140)) { try UserData(gsm7: "", header: header) }
    }

    @Test(arguments: [
        ("0003A50201", .concatenation(Concatenation(reference: .short(0xA5), total: 2, sequence: 1))),
        ("0804BEEF0302", .concatenation(Concatenation(reference: .long(0xBEEF), total: 3, sequence: 2))),
        ("01028003", .specialMessageIndication(SpecialMessageIndication(indication: 0x80, count: 3))),
        ("0402F0F1", .ports(.short(destination: 0xF0, source: 0xF1))), ("05040B8423F0", .ports(.long(destination: 2948, source: 9200))),
        ("240101", .nationalSingleShift(.turkish)), ("250103", .nationalLockingShift(.portuguese)), ("25010E", .nationalLockingShift(NationalLanguage(rawValue: 14))),
        ("7000", .simToolkit(identifier: 0x70, octets: [])), ("7F0101", .simToolkit(identifier: 0x7F, octets: [1])),
        ("0A03000102", .other(identifier: 0x0A, octets: [0, 1, 2])), ("000255AA", .other(identifier: 0, octets: [0x55, 0xAA])),
        ("250201FF", .other(identifier: 0x25, octets: [1, 0xFF])),
    ] as [(String, InformationElement)])
    func `an element is read as what it is and written as it was`(hex: String, element: InformationElement) throws {
        let size = hex.utf8.count / 2
        let digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D", "E", "F"]
        func octet(_ number: Int) -> String { digits[number >> 4] + digits[number & 0x0F] }
        let pdu = "00440081000462110221436540" + octet(size + 1) + octet(size) + hex
        guard case .deliver(let deliver) = try ModemPDU(hex: pdu, direction: .toMobile).tpdu else {
            Issue.record("not a DELIVER")
            return
        }
        #expect(deliver.userData.header?.elements == [element])
        #expect(try UserData(octets: [], header: UserDataHeader([element])) == deliver.userData)
    }

    @Test func `a lone surrogate and half a unit do not stop the rest`() {
        #expect(UCS2.decode([0xD8, 0x3D, 0x00, 0x41, 0xDE, 0x00, 0x00, 0x42, 0x43]) == "\u{FFFD}A\u{FFFD}B")
        #expect(UCS2.decode([0xD8]) == "")
        #expect(UCS2.decode([0xD8, 0x3D]) == "\u{FFFD}")
    }

    @Test(arguments: ["", "A", "é", "漢", "😀", "a\u{FFFF}\u{E000}\u{10FFFF}😀x", "\u{D7FF}\u{0}\u{7F}\u{80}\u{7FF}\u{800}"])
    func `sixteen-bit text comes back`(text: String) {
        #expect(UCS2.decode(UCS2.encode(text)[...]).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test func `validity of a concatenation`() {
        func isValid(_ total: UInt8, _ sequence: UInt8) -> Bool {
            Concatenation(reference: .short(0), total: total, sequence: sequence).isValid
        }
        #expect(isValid(1, 1) && isValid(255, 255))
        #expect(!isValid(2, 0) && !isValid(2, 3) && !isValid(0, 0))
    }
}
