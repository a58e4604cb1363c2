/// Why a certificate cannot be used, for the person who has to mend it.
public enum CertificateFault: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(file: String, reason: String)
    case noCertificate(file: String)
    case noKey(file: String)
    /// A private key under a passphrase, which nobody is there to type.
    case lockedKey(file: String)
    case keyOfAnother(chain: String, key: String)
    /// The TLS library took the files and refused what is in them.
    case refused(chain: String, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)"
        case .noCertificate(let file): "\(file) holds no certificate in PEM form"
        case .noKey(let file): "\(file) holds no private key in PEM form"
        case .lockedKey(let file): "the private key in \(file) is under a passphrase"
        case .keyOfAnother(let chain, let key): "the private key in \(key) does not belong to the first certificate in \(chain)"
        case .refused(let chain, let reason): "\(chain) cannot be used for TLS: \(reason)"
        }
    }

    public var advice: String {
        switch self {
        case .unreadable: "The daemon's user must be able to read it; look at its name, its owner and the folders above it."
        case .noCertificate: "A PEM file begins with -----BEGIN CERTIFICATE-----; 'openssl x509 -inform der -in FILE' makes one of a DER file."
        case .noKey: "A PEM file begins with -----BEGIN PRIVATE KEY-----; 'openssl pkey -inform der -in FILE' makes one of a DER file."
        case .lockedKey: "Take the passphrase off: openssl pkey -in FILE -out NEW; then chmod 600 NEW."
        case .keyOfAnother: "Take both from the same renewal; the certificate of your name comes first in its file, then those that vouch for it."
        case .refused: "RSA keys want at least 2048 bits; elliptic keys want P-256, P-384 or P-521."
        }
    }
}
