/// Why an encrypted file cannot be opened.
public enum AgeError: Error, Hashable, Sendable {
    /// Not a file of this format, or not encrypted with a passphrase.
    case notAge(String)
    case wrongPassphrase
    /// The passphrase is right, and the octets are not those that were written: changed, put in another order, or cut off.
    case damaged(offset: Int)
    case truncated
    /// Opening it would take more memory than is given for it; the logarithm of the work asked for.
    case tooMuchWork(Int)
}

extension AgeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAge(let reason): "This is no file encrypted with a passphrase by age: \(reason)"
        case .wrongPassphrase: "The passphrase is wrong"
        case .damaged(let offset): "The file is damaged: what was written about octet \(offset) is not there"
        case .truncated: "The file is cut off: its end is missing"
        case .tooMuchWork(let logarithm): "The file asks for more memory than is given for it (scrypt, 2^\(logarithm))"
        }
    }
}
