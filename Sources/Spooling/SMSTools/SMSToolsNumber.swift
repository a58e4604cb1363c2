/// Numbers as smstools writes them: international ones without their plus, short ones behind an `s`.
public enum SMSToolsNumber {
    /// As people write it. One that begins with a zero stays national.
    public static func read(_ header: String) -> String {
        let dense = header.filter { !$0.isWhitespace && $0 != "-" && $0 != "\"" }
        if dense.hasPrefix("s") { return String(dense.dropFirst()) }
        guard let first = dense.first, ("1"..."9").contains(first) else { return dense }
        return "+" + dense
    }

    public static func write(_ number: String) -> String {
        number.hasPrefix("+") ? String(number.dropFirst()) : "s" + number
    }
}
