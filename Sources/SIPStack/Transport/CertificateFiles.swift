/// Where our certificate is: PEM files, as a renewal tool writes them.
public struct CertificateFiles: Hashable, Sendable {
    /// The certificate first, then those that vouch for it.
    public var chain: String
    public var privateKey: String

    public init(chain: String, privateKey: String) {
        self.chain = chain
        self.privateKey = privateKey
    }
}
