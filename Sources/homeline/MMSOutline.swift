import Foundation
import MMS
import Wire

/// A PDU of MMS or a push as an indented outline, fields and parts by their names.
enum MMSOutline {
    /// Throws what stops the reading where it is neither.
    static func text(of octets: [UInt8]) throws(DecodeError) -> String {
        // The second octet of a push is its type; that of a PDU is above 7F, as Message-Type comes first.
        let isPush = octets.count > 1 && (octets[1] == 0x06 || octets[1] == 0x07)
        return try (isPush ? lines(of: Push(decoding: octets)) : lines(of: PDU(decoding: octets))).joined(separator: "\n")
    }

    private static func lines(of push: Push) -> [String] {
        var lines = ["push: \(push.kind)", "  transactionID: \(push.transactionID)", "  contentType: \(push.contentType)"]
        if push.isConfirmed { lines.append("  confirmation wanted") }
        if let application = push.applicationID { lines.append("  application: \(application.name)") }
        lines += push.headers.map { "  " + line(of: $0) { WSPField(rawValue: $0)?.name } }
        guard push.kind == .multimediaMessage else { return lines + ["  body: " + content(push.body)] }
        do {
            return lines + ["  body:"] + indented(self.lines(of: try PDU(decoding: push.body)), by: 2)
        } catch {
            return lines + ["  body: \(error)", "  " + content(push.body)]
        }
    }

    private static func lines(of pdu: PDU) -> [String] {
        // An enumeration's value, whose fields are the PDU's.
        let value = Mirror(reflecting: pdu).children.first?.value ?? pdu
        let fields = Mirror(reflecting: value).children.flatMap { lines(of: $0.value, named: $0.label ?? "-") }
        return [pdu.type.name] + indented(fields, by: 1)
    }

    private static func lines(of value: Any, named label: String) -> [String] {
        switch value {
        case is MessageType: []
        case Optional<Any>.none: []
        case let date as Int64: ["\(label): \(instant(date))"]
        case let expiry as Expiry: ["\(label): \(text(of: expiry))"]
        case let headers as [Header]: headers.map { line(of: $0) { Field(rawValue: $0)?.name } }
        case let addresses as [Address]: addresses.map { "\(label): \($0.encoded)" }
        case let address as Address: ["\(label): \(address.encoded)"]
        case let body as Body: lines(of: body)
        case let code as any RawRepresentable<UInt8>: ["\(label): \(Hex.encode([code.rawValue]))\(MMSOutline.name(of: value).map { " " + $0 } ?? "")"]
        case Optional<Any>.some(let value): ["\(label): \(value)"]
        default: ["\(label): \(value)"]
        }
    }

    private static func text(of expiry: Expiry) -> String {
        switch expiry {
        case .absolute(let seconds): instant(seconds)
        case .relative(let seconds): "in \(seconds) s"
        }
    }

    /// The number alone where no calendar reaches.
    private static func instant(_ seconds: Int64) -> String {
        guard seconds < 253_402_300_800 else { return "\(seconds)" }
        return Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }

    /// What the codes of statuses mean, which carriers send and people ask about.
    private static func name(of value: Any) -> String? {
        switch value {
        case let status as ResponseStatus: status.name
        case let status as RetrieveStatus: status.name
        default: nil
        }
    }

    private static func lines(of body: Body) -> [String] {
        var lines = ["body: \(body.contentType)"]
        if body.irregularities.contains(.truncated) { lines.append("  cut: less came than was announced") }
        if body.irregularities.contains(.excess) { lines.append("  more came than was announced") }
        if body.irregularities.contains(.malformed) { lines.append("  not a multipart that reads") }
        for (index, part) in body.parts.enumerated() { lines += indented(self.lines(of: part, index + 1), by: 1) }
        return lines
    }

    private static func lines(of part: Part, _ number: Int) -> [String] {
        var lines = ["part \(number): \(part.contentType), \(part.octets.count) octets"]
        if let name = part.contentID { lines.append("  Content-ID: \(name)") }
        if let name = part.contentLocation { lines.append("  Content-Location: \(name)") }
        lines += part.others.map { "  " + line(of: $0) { WSPField(rawValue: $0)?.name } }
        if part.contentType.isMultipart {
            return lines + indented(self.lines(of: Body(part.contentType, decoding: part.octets)), by: 1)
        }
        return lines + ["  " + (part.contentType.isText || part.isPresentation ? part.text : content(part.octets))]
    }

    private static func line(of header: Header, named name: (UInt8) -> String?) -> String {
        let label =
            switch header.name {
            case .code(let code): name(code) ?? "field \(Hex.encode([code]))"
            case .text(let text): text
            }
        return switch header.value {
        case .token(let octet): "\(label): \(Hex.encode([octet]))"
        case .text: "\(label): \(header.value.text ?? "")"
        case .counted(let octets): "\(label): \(header.value.number.map { "\($0)" } ?? header.value.encodedText ?? "") (\(Hex.encode(octets)))"
        }
    }

    private static func content(_ octets: ArraySlice<UInt8>) -> String {
        Hex.encode(octets.prefix(32)) + (octets.count > 32 ? "…" : "")
    }

    private static func indented(_ lines: [String], by depth: Int) -> [String] {
        lines.map { String(repeating: "  ", count: depth) + $0 }
    }
}
