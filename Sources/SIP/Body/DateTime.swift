/// Times of RFC 3339, as in the bodies of messages: `2026-11-20T22:48:01Z`.
enum DateTime {
    /// Seconds since 1970; fractions are left out, offsets taken in. Nil for anything else.
    static func decode(_ text: String) -> Int? {
        let octets = Array(text.utf8)
        guard octets.count >= 20, octets.count <= 40, octets[4] == 0x2D, octets[7] == 0x2D, octets[10] | 0x20 == 0x74, octets[13] == 0x3A, octets[16] == 0x3A,
              let year = Lexer.number(octets[0..<4], limit: 9999), let month = Lexer.number(octets[5..<7], limit: 12),
              let day = Lexer.number(octets[8..<10], limit: 31), let hour = Lexer.number(octets[11..<13], limit: 23),
              let minute = Lexer.number(octets[14..<16], limit: 59), let second = Lexer.number(octets[17..<19], limit: 60),
              let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var rest = octets[19...]
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: Grammar.isDigit)
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
        }
        return offset(rest).map { time.seconds - $0 }
    }

    /// Always in UTC: one client applies offsets with the wrong sign.
    static func encode(_ seconds: Int) -> String {
        let time = CivilTime(seconds: seconds)
        let two = CivilTime.twoDigits
        return "\(time.year)-\(two(time.month))-\(two(time.day))T\(two(time.hour)):\(two(time.minute)):\(two(time.second))Z"
    }

    /// Seconds east of Greenwich: `Z`, `+hh:mm` or `-hh:mm`.
    private static func offset(_ octets: ArraySlice<UInt8>) -> Int? {
        if octets.count == 1, let zone = octets.first, zone | 0x20 == 0x7A { return 0 }
        let digits = Array(octets)
        guard digits.count == 6, digits[0] == UInt8(ascii: "+") || digits[0] == UInt8(ascii: "-"), digits[3] == UInt8(ascii: ":"),
              let hours = Lexer.number(digits[1..<3], limit: 23), let minutes = Lexer.number(digits[4..<6], limit: 59) else { return nil }
        return (hours * 3_600 + minutes * 60) * (digits[0] == UInt8(ascii: "-") ? -1 : 1)
    }
}
