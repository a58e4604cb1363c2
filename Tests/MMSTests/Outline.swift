import MMS
import Wire

/// The fields of a PDU by their names, as the vectors have them; what is absent or empty is left out.
enum Outline {
    static func of(_ pdu: PDU) -> [String: String] {
        guard let value = Mirror(reflecting: pdu).children.first?.value else { return [:] }
        var fields: [String: String] = [:]
        for child in Mirror(reflecting: value).children {
            if let body = child.value as? Body { fields.merge(of(body)) { $1 } } else { fields[child.label ?? "-"] = text(child.value) }
        }
        return fields
    }

    static func text(_ headers: [Header], named name: (UInt8) -> String?) -> String? {
        headers.isEmpty ? nil : headers.map { text($0, named: name) }.joined(separator: "; ")
    }

    static func field(_ code: UInt8) -> String? { Field(rawValue: code)?.name }
    static func wspField(_ code: UInt8) -> String? { WSPField(rawValue: code)?.name }

    private static func of(_ body: Body) -> [String: String] {
        var fields = ["body.contentType": "\(body.contentType)"]
        if !body.irregularities.isEmpty { fields["body.irregularities"] = "\(body.irregularities.rawValue)" }
        for (index, part) in body.parts.enumerated() {
            fields["body.\(index).contentType"] = "\(part.contentType)"
            fields["body.\(index).contentID"] = part.contentID
            fields["body.\(index).contentLocation"] = part.contentLocation
            fields["body.\(index).others"] = text(part.others, named: wspField)
            fields["body.\(index).octets"] = Hex.encode(part.octets)
        }
        return fields
    }

    private static func text(_ value: Any) -> String? {
        switch value {
        case let value as Address: value.encoded
        case let value as [Address]: value.isEmpty ? nil : value.map(\.encoded).joined(separator: ", ")
        case let value as [Header]: text(value, named: field)
        case is MessageType: nil
        case let value as any RawRepresentable<UInt8>: Hex.encode([value.rawValue])
        case Optional<Any>.none: nil
        case Optional<Any>.some(let value): "\(value)"
        default: "\(value)"
        }
    }

    private static func text(_ header: Header, named name: (UInt8) -> String?) -> String {
        let label =
            switch header.name {
            case .code(let code): name(code) ?? Hex.encode([code])
            case .text(let text): text
            }
        return switch header.value {
        case .token(let octet): "\(label)=token \(Hex.encode([octet]))"
        case .text: "\(label)=text \(header.value.text ?? "")"
        case .counted(let octets): "\(label)=counted \(Hex.encode(octets))"
        }
    }
}
