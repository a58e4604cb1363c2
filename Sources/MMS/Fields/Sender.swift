import Wire

/// The value of From: an address, or the request to the carrier to put it in (OMA-TS-MMS_ENC 1.3 §7.3).
enum Sender {
    case address(Address)
    case inserted

    static let present: UInt8 = 0x80
    static let insert: UInt8 = 0x81

    init?(decoding value: HeaderValue) {
        switch value {
        case .token: return nil
        // Against the standard, but who it is from is plain.
        case .text(let characters):
            guard !characters.isEmpty else { return nil }
            self = .address(Address(Charset.guess(characters)))
        case .counted(let octets):
            var reader = HeaderReader(OctetReader(octets.dropFirst()))
            switch octets.first {
            case Sender.insert: self = .inserted
            case Sender.present:
                guard let text = (try? reader.value(.encodedString))?.encodedText else { return nil }
                self = .address(Address(text))
            default: return nil
            }
        }
    }

    /// Nil asks the carrier to put the address in.
    static func encode(_ address: Address?) -> HeaderValue {
        address.map { value(of: EncodedString.encode($0.encoded)) } ?? .counted([insert])
    }

    static func value(of address: HeaderValue) -> HeaderValue {
        var writer = OctetWriter()
        writer.octet(present)
        writer.headerValue(address)
        return .counted(writer.octets[...])
    }
}
