import SMS
import Testing

@Suite struct ElementTests {
    /// 3GPP TS 23.038 §4.
    @Test(arguments: [
        (0x00, .gsm7, nil), (0x04, .octets, nil), (0x08, .ucs2, nil), (0x0C, .gsm7, nil), (0x10, .gsm7, .flash), (0x14, .octets, .flash),
        (0x18, .ucs2, .flash), (0x19, .ucs2, .mobileEquipment), (0x12, .gsm7, .sim), (0x13, .gsm7, .terminalEquipment), (0x01, .gsm7, nil),
        (0x48, .ucs2, nil), (0x50, .gsm7, .flash), (0x84, .gsm7, nil), (0xB8, .gsm7, nil), (0xC8, .gsm7, nil), (0xD8, .gsm7, nil),
        (0xE8, .ucs2, nil), (0xF0, .gsm7, .flash), (0xF6, .octets, .sim), (0xF7, .octets, .terminalEquipment),
    ] as [(UInt8, Alphabet, MessageClass?)])
    func `a coding tells its alphabet and class`(octet: UInt8, alphabet: Alphabet, messageClass: MessageClass?) {
        let coding = DataCodingScheme(rawValue: octet)
        #expect(coding.alphabet == alphabet)
        #expect(coding.messageClass == messageClass)
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func `only the general groups can be compressed, only three groups tell of waiting messages`(octet: UInt8) {
        let coding = DataCodingScheme(rawValue: octet)
        #expect(coding.isCompressed == (octet < 0x80 && octet & 0x20 != 0))
        #expect((coding.messageWaiting != nil) == (0xC0...0xEF).contains(octet))
        #expect((coding.group == .reserved) == (0x80...0xBF).contains(octet))
    }

    @Test(arguments: [
        (0xC8, MessageWaiting(kind: .voicemail, isActive: true, isStored: false)), (0xC0, MessageWaiting(kind: .voicemail, isActive: false, isStored: false)),
        (0xD9, MessageWaiting(kind: .fax, isActive: true, isStored: true)), (0xEA, MessageWaiting(kind: .email, isActive: true, isStored: true)),
        (0xE3, MessageWaiting(kind: .other, isActive: false, isStored: true)),
    ] as [(UInt8, MessageWaiting)])
    func `a coding tells of waiting messages`(octet: UInt8, waiting: MessageWaiting) {
        #expect(DataCodingScheme(rawValue: octet).messageWaiting == waiting)
    }

    @Test(arguments: [(Alphabet.gsm7, nil, 0x00), (.octets, nil, 0x04), (.ucs2, .flash, 0x18), (.gsm7, .flash, 0x10)] as [(Alphabet, MessageClass?, UInt8)])
    func `a coding is made from alphabet and class`(alphabet: Alphabet, messageClass: MessageClass?, octet: UInt8) {
        #expect(DataCodingScheme(alphabet, class: messageClass).rawValue == octet)
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func `every protocol and every status comes back as the octet it was`(octet: UInt8) {
        #expect(ProtocolIdentifier(octet: octet).octet == octet)
        #expect(DeliveryStatus(octet: octet).octet == octet)
    }

    @Test(arguments: [
        (0x00, .plain), (0x32, .telematic(18)), (0x40, .silent), (0x41, .replace(1)), (0x47, .replace(7)), (0x48, .other(0x48)), (0x5F, .returnCall),
        (0x7D, .equipmentDownload), (0x7E, .depersonalisation), (0x7F, .simDownload), (0xC0, .other(0xC0)),
    ] as [(UInt8, ProtocolIdentifier)])
    func `a protocol is named`(octet: UInt8, named: ProtocolIdentifier) {
        #expect(ProtocolIdentifier(octet: octet) == named)
    }

    @Test(arguments: [
        (0x00, .delivered, true, "delivered"), (0x01, .forwarded, true, "forwarded, delivery not confirmed"),
        (0x02, .replaced, true, "replaced at the service centre"), (0x20, .temporary(0x20), false, "congestion"),
        (0x22, .temporary(0x22), false, "no response from the recipient"), (0x46, .permanent(0x46), true, "validity period expired"),
        (0x50, .permanent(0x50), true, "status 80"), (0x61, .abandoned(0x61), true, "recipient busy"), (0x10, .other(0x10), true, "status 16"),
    ] as [(UInt8, DeliveryStatus, Bool, String)])
    func `a status is named, and only a temporary one is followed by another`(
        octet: UInt8, status: DeliveryStatus, isFinal: Bool, reason: String
    ) {
        #expect(DeliveryStatus(octet: octet) == status)
        #expect(status.isFinal == isFinal)
        #expect(status.reason == reason)
    }
}
