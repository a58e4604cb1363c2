/// How a browser is to treat a file, and its name (RFC 6266).
public enum ContentDisposition: String, Sendable {
    /// Shown in place.
    case inline
    /// Saved.
    case attachment

    /// The header field's value. The name may be any text.
    public func value(name: String) -> String {
        let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        return "\(rawValue); filename=\"\(isPlain ? name : "file")\"; filename*=UTF-8''\(PercentEncoding.encode(name))"
    }
}
