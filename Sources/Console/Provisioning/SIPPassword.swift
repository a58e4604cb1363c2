/// A password that is shown once and typed once.
public enum SIPPassword {
    /// 20 letters and digits without look-alikes: more than 100 bits.
    public static func make() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return String((0..<20).compactMap { _ in alphabet.randomElement() })
    }
}
