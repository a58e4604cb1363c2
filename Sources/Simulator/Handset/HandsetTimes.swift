import Foundation

/// Times as phones write them.
enum HandsetTimes {
    /// `2026-09-21T13:33:20.123+00:00`
    static func text(_ milliseconds: Int64) -> String {
        let seconds = Date(timeIntervalSince1970: Double(milliseconds / 1000))
        let plain = seconds.ISO8601Format().dropLast()
        let thousandths = String(milliseconds % 1000)
        return plain + "." + String(repeating: "0", count: 3 - thousandths.count) + thousandths + "+00:00"
    }

    /// Milliseconds; nil for what is no such time.
    static func milliseconds(_ text: String) -> Int64? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard let date = try? style.parse(text) else { return nil }
        return Int64((date.timeIntervalSince1970 * 1000).rounded())
    }
}
