import Telephony

/// How a gateway writes the time of a message. A time whose zone nobody knows is worth less than the one at which it came to us.
enum TimeForm: String, Hashable, Sendable, CaseIterable {
    /// Seconds or milliseconds since 1970, or `2026-03-30T14:24:16.000+00:00` (RFC 3339).
    case zoned
    /// The same, and `2026-03-30 14:24:16` or `20260330142416` in UTC.
    case utc

    /// Within what time can be reckoned with: a gateway whose clock is nonsense still has a text for us.
    func instant(_ text: String) -> Instant? {
        read(text).flatMap { $0 >= Instant(milliseconds: 0) && $0 <= .distantFuture ? $0 : nil }
    }

    private func read(_ text: String) -> Instant? {
        let digits = Int64(text)
        if let digits, (9...10).contains(text.utf8.count) { return Instant(seconds: digits) }
        if let digits, text.utf8.count == 13 { return Instant(milliseconds: digits) }
        guard let written = WrittenTime(text) else { return nil }
        return written.instant(assuming: self == .utc ? 0 : nil)
    }
}

/// A date, a time of day and, where it is there, a zone.
private struct WrittenTime {
    private let seconds: Int64
    private let zone: Int64?

    init?(_ text: String) {
        var rest = Substring(text)
        guard let year = Self.number(&rest, 4), let month = Self.number(&rest, 2), let day = Self.number(&rest, 2),
            let hour = Self.number(&rest, 2), let minute = Self.number(&rest, 2), let second = Self.number(&rest, 2),
            hour < 24, minute < 60, second < 61, let date = CalendarDay(year: year, month: month, day: day)
        else { return nil }
        seconds = date.daysSince1970 * 86400 + hour * 3600 + minute * 60 + second
        if rest.first == "." { rest = rest.dropFirst().drop(while: \.isNumber) }
        if rest.isEmpty {
            zone = nil
        } else if rest == "Z" || rest == "z" {
            zone = 0
        } else {
            let isWest = rest.first == "-"
            guard rest.first == "+" || isWest, let hours = Self.number(&rest, 2), let minutes = Self.number(&rest, 2), hours < 24, minutes < 60 else { return nil }
            zone = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
    }

    func instant(assuming fallback: Int64?) -> Instant? { (zone ?? fallback).map { Instant(seconds: seconds - $0) } }

    /// So many digits, with at most one sign before them.
    private static func number(_ rest: inout Substring, _ count: Int) -> Int64? {
        if let first = rest.first, "-:T +".contains(first) { rest = rest.dropFirst() }
        let digits = rest.prefix(count)
        guard digits.utf8.count == count, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return Int64(digits)
    }
}
