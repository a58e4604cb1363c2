/// Who a message is from or to, in the forms of MMS (OMA-TS-MMS_ENC 1.3 §8).
public enum Address: Hashable, Sendable {
    /// A telephone number as it stands, in international form with its plus sign: `+15550123/TYPE=PLMN`.
    case number(String)
    /// A mailbox, which may have a name before it: `Joe <joe@example.org>`.
    case email(String)
    /// `192.0.2.1/TYPE=IPv4`.
    case ipv4(String)
    /// `2001:db8::1/TYPE=IPv6`.
    case ipv6(String)
    /// Another type, or none: a sender's name, a short word.
    case other(String, type: String?)

    /// From the text of an address field. Every text is an address; plain digits are a number.
    public init(_ text: String) {
        guard let mark = Address.typeMark(in: text) else {
            self = if text.contains("@") { .email(text) } else if Address.isNumber(text) { .number(text) } else { .other(text, type: nil) }
            return
        }
        let address = String(text[..<mark.lowerBound])
        let type = String(text[mark.upperBound...])
        self = switch type.lowercased() {
        case "plmn": .number(address)
        case "ipv4": .ipv4(address)
        case "ipv6": .ipv6(address)
        default: .other(address, type: type)
        }
    }

    /// The address itself, without its type.
    public var text: String {
        switch self {
        case .number(let text), .email(let text), .ipv4(let text), .ipv6(let text), .other(let text, _): text
        }
    }

    /// As the field has it, type included.
    public var encoded: String {
        switch self {
        case .number(let text): text + "/TYPE=PLMN"
        case .email(let text): text
        case .ipv4(let text): text + "/TYPE=IPv4"
        case .ipv6(let text): text + "/TYPE=IPv6"
        case .other(let text, let type): type.map { text + "/TYPE=" + $0 } ?? text
        }
    }

    /// The mailbox of an e-mail address without the name before it; nil for other addresses, and where the `@` is in the name alone.
    public var mailbox: String? {
        guard case .email(let text) = self else { return nil }
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return text }
        let mailbox = text[text.index(after: open)...].dropLast()
        return mailbox.utf8.contains(UInt8(ascii: "@")) ? String(mailbox) : nil
    }

    /// The last `/TYPE=`, in any case.
    private static func typeMark(in text: String) -> Range<String.Index>? {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let mark = "/TYPE="
        let end = text.utf8.index(slash, offsetBy: mark.utf8.count, limitedBy: text.utf8.endIndex)
        guard let end, text[slash..<end].uppercased() == mark else { return nil }
        return slash..<end
    }

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.contains { (0x30...0x39).contains($0) } && text.utf8.allSatisfy { "0123456789+*#-. ()".utf8.contains($0) }
    }
}

extension Address: CustomStringConvertible {
    public var description: String { text }
}
