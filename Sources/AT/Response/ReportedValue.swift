/// The one value of an identity answer (`+CGMI`, `+CGMM`, `+CGMR`, `+CIMI`, `+CCID`): with or without prefix and quotes.
public enum ReportedValue {
    /// The first line's value, nil when there is none.
    public static func first(in lines: [String]) -> String? {
        for line in lines {
            var value = line.trimmed
            if let first = value.utf8.first, "+^*!%$".utf8.contains(first), let colon = value.firstIndex(of: ":") {
                value = String(value[value.index(after: colon)...]).trimmed
            }
            value = String(value.filter { $0 != "\"" }).trimmed
            if !value.isEmpty { return value }
        }
        return nil
    }
}
