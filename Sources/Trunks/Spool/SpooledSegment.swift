import Messaging
import SMS
import Spooling
import Telephony

/// A segment that a program decoded and did not join: written as the network had it, so that the interpreter joins it.
struct SpooledSegment: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case text(String)
        case octets([UInt8])
    }

    let sender: String
    let time: CivilTime?
    /// Without its length octet.
    let header: [UInt8]
    let content: Content

    /// Whether the header says that there are others.
    var isOneOfSeveral: Bool { elements.contains { if case .concatenation(let place) = $0 { place.total > 1 } else { false } } }

    /// As a modem would hand it over; nil for what no segment can hold.
    func pdu(at instant: Instant) -> [UInt8]? {
        let elements = elements
        let header = elements.isEmpty ? nil : UserDataHeader(elements)
        guard let originator = try? SMS.Address(party), let userData = userData(header) else { return nil }
        return ModemPDU(.deliver(Deliver(from: originator, userData, at: Timestamp(secondsSince1970: instant.seconds)))).encode().octets
    }

    /// What it says, without its place among others.
    var part: Telephony.Part {
        switch content {
        case .text(let text): .text(text)
        case .octets(let octets): Part(contentType: "application/octet-stream", octets: octets)
        }
    }

    private func userData(_ header: UserDataHeader?) -> UserData? {
        switch content {
        case .text(let text): (try? UserData(gsm7: text, header: header)) ?? (try? UserData(ucs2: text, header: header))
        case .octets(let octets): try? UserData(octets: octets, header: header)
        }
    }

    private var party: Telephony.Address {
        let digits = sender.drop { $0 == "+" }
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return .alphanumeric(sender) }
        return sender.hasPrefix("+") ? .number(sender) : .shortCode(sender)
    }

    /// What matters of the header: the place among others, and the application.
    private var elements: [InformationElement] {
        var elements: [InformationElement] = []
        var rest = header[...]
        while rest.count >= 2 {
            let identifier = rest.removeFirst()
            let length = Int(rest.removeFirst())
            guard length <= rest.count else { break }
            let value = Array(rest.prefix(length))
            rest = rest.dropFirst(length)
            switch (identifier, value.count) {
            case (0x00, 3): elements.append(.concatenation(Concatenation(reference: .short(value[0]), total: value[1], sequence: value[2])))
            case (0x08, 4):
                let reference = ConcatenationReference.long(UInt16(value[0]) << 8 | UInt16(value[1]))
                elements.append(.concatenation(Concatenation(reference: reference, total: value[2], sequence: value[3])))
            case (0x05, 4):
                let (destination, source) = (UInt16(value[0]) << 8 | UInt16(value[1]), UInt16(value[2]) << 8 | UInt16(value[3]))
                elements.append(.ports(.long(destination: destination, source: source)))
            default: continue
            }
        }
        return elements
    }
}
