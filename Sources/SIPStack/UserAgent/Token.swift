/// Random tokens for tags and branches.
enum Token {
    /// 64 random bits in letters and digits.
    static func random() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
