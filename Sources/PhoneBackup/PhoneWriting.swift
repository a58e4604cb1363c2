/// Writes the file that SMS Backup & Restore reads, piece by piece. Well-formed XML 1.0 in UTF-8: what XML has no place for becomes U+FFFD.
public enum PhoneWriting {
    /// - Parameters:
    ///   - count: of the messages that follow.
    ///   - date: milliseconds since 1970.
    public static func head(count: Int, set: String, date: Int64) -> String {
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"\(count)\" backup_set=\"\(escaped(set))\" backup_date=\"\(date)\" type=\"full\">\n"
    }

    public static let end = "</smses>\n"

    public static func element(_ record: ShortRecord, readableDate: String) -> String {
        let attributes: [(String, String)] = [
            ("protocol", "0"), ("address", record.address), ("date", "\(record.date)"), ("type", "\(record.box.number)"), ("subject", "null"),
            ("body", record.body), ("toa", "null"), ("sc_toa", "null"), ("service_center", "null"), ("read", "1"), ("status", "-1"), ("locked", "0"),
            ("date_sent", "\(record.sentDate ?? 0)"), ("readable_date", readableDate), ("contact_name", record.contactName ?? "(Unknown)"),
        ]
        return "  <sms\(text(attributes)) />\n"
    }

    /// The beginning of a picture message; its parts follow, and then its parties.
    public static func head(of record: PictureRecord, readableDate: String) -> String {
        let isReceived = record.box == .received
        let attributes: [(String, String)] = [
            ("date", "\(record.date)"), ("ct_t", "application/vnd.wap.multipart.related"), ("msg_box", "\(record.box.number)"), ("rr", "129"),
            ("sub", record.subject ?? "null"), ("read_status", "null"), ("address", record.addresses.joined(separator: "~")), ("m_id", "null"), ("read", "1"),
            ("m_size", "null"), ("m_type", isReceived ? "132" : "128"), ("m_cls", "personal"), ("v", "18"), ("seen", "1"), ("locked", "0"),
            ("text_only", "0"), ("date_sent", "\((record.sentDate ?? 0) / 1000)"), ("readable_date", readableDate),
            ("contact_name", record.contactName ?? "(Unknown)"),
        ]
        return "  <mms\(text(attributes))>\n    <parts>\n"
    }

    /// A part of text.
    public static func part(_ index: Int, contentType: String, name: String?, text body: String) -> String {
        "      <part\(text(attributes(index, contentType, name) + [("text", body)])) />\n"
    }

    /// A part with octets: its base 64 follows, and then `partEnd`.
    public static func partHead(_ index: Int, contentType: String, name: String?) -> String {
        "      <part\(text(attributes(index, contentType, name) + [("text", "null")])) data=\""
    }

    public static let partEnd = "\" />\n"

    public static func tail(of record: PictureRecord) -> String {
        let parties = record.parties.map { "      <addr\(text([("address", $0.address), ("type", "\($0.role.rawValue)"), ("charset", "106")])) />\n" }
        return "    </parts>\n    <addrs>\n\(parties.joined())    </addrs>\n  </mms>\n"
    }

    private static func attributes(_ index: Int, _ contentType: String, _ name: String?) -> [(String, String)] {
        [
            ("seq", "\(index)"), ("ct", contentType), ("name", name ?? "null"), ("chset", contentType.hasPrefix("text/") ? "106" : "null"), ("cd", "null"),
            ("fn", "null"), ("cid", "null"), ("cl", name ?? "null"), ("ctt_s", "null"), ("ctt_t", "null"),
        ]
    }

    private static func text(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&apos;"
            // An attribute's own white space would be read as spaces (XML 1.0 §3.3.3).
            case "\n": out += "&#10;"
            case "\r": out += "&#13;"
            case "\t": out += "&#9;"
            default: out.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return out
    }

    /// XML 1.0 §2.2.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }
}
