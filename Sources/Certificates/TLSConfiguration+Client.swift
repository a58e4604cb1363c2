import NIOSSL

extension TLSConfiguration {
    /// What each of our clients asks of its server: TLS 1.2 or later (RFC 8996), and a certificate that the system trusts for the server's name.
    public static var client: TLSConfiguration {
        // The one place that may: the library's own would speak 1.0 too.
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}
