/// The equipment's identity (TS 23.003 §6.2). Two are equal when their first 14 digits are: the last is a check digit or a software version.
public struct IMEI: Hashable, Sendable {
    /// 15 digits.
    public let digits: String

    /// From a line or a person's text that holds 14 to 17 digits in one run. Nil otherwise.
    public init?(_ text: String) {
        let runs = text.utf8.split { !(0x30...0x39).contains($0) }
        guard let run = runs.first(where: { (14...17).contains($0.count) }) else { return nil }
        let body = run.prefix(14)
        digits = String(decoding: body + [0x30 + Self.checkDigit(of: body)], as: UTF8.self)
    }

    private static func checkDigit(of body: Substring.UTF8View.SubSequence) -> UInt8 {
        let sum = body.enumerated().reduce(0) { sum, digit in
            let value = Int(digit.element) - 0x30
            guard !digit.offset.isMultiple(of: 2) else { return sum + value }
            return sum + value * 2 / 10 + value * 2 % 10
        }
        return UInt8((10 - sum % 10) % 10)
    }
}
