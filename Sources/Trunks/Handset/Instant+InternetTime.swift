import Telephony

extension Instant {
    /// Reads `2026-11-20T23:33:00.123+01:00`: a time of ISO 8601 as phones and servers write it, any number of decimals, `Z`, an offset, or
    /// neither for UTC. Nil for anything else.
    init?(internetTime text: String) {
        var reader = TimeReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"), let day = reader.number(2),
            reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.number(2), reader.take(":"), let minute = reader.number(2)
        else { return nil }
        let second = reader.take(":") ? reader.number(2) : 0
        guard let second, (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
        let milliseconds = reader.take(".") || reader.take(",") ? reader.milliseconds() : 0
        guard let milliseconds, let offset = reader.offset(), reader.isAtEnd else { return nil }
        let time = hour * 3600 + minute * 60 + second - offset
        self.init(milliseconds: (Int64(Self.days(year, month, day)) * 86_400 + Int64(time)) * 1000 + Int64(milliseconds))
    }

    /// `2026-11-20T23:33:00.123Z`.
    var internetTime: String {
        let thousandths = String(((milliseconds % 1000) + 1000) % 1000)
        let whole = CivilDate(self).rfc3339.dropLast()
        return whole + "." + String(repeating: "0", count: 3 - thousandths.count) + thousandths + "Z"
    }

    /// Days from 1970-01-01; counting from March puts the leap day last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

private struct TimeReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8.prefix(64))[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// So many digits, and no fewer.
    mutating func number(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Decimals of a second, as many as there are; those after the third say nothing to us.
    mutating func milliseconds() -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        return (0..<3).reduce(0) { $0 * 10 + ($1 < digits.count ? Int(digits[digits.startIndex + $1] - 0x30) : 0) }
    }

    /// Seconds east of Greenwich.
    mutating func offset() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(2) else { return nil }
        let minutes = take(":") || !isAtEnd ? number(2) : 0
        guard let minutes, hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
