/// Where a certificate of ours is: PEM files, as a renewal tool writes them. Both may be one file, which is then replaced in one instant.
public struct CertificateFiles: Hashable, Sendable {
    /// The certificate first, then those that vouch for it.
    public var chain: String
    public var privateKey: String

    public init(chain: String, privateKey: String) {
        self.chain = chain
        self.privateKey = privateKey
    }
}
