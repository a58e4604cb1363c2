import Certificates
import NIOSSL
import Testing

struct TLSConfigurationTests {
    @Test func `a client speaks TLS 1.2 at least, and looks at the server's certificate and name`() {
        let configuration = TLSConfiguration.client
        #expect(configuration.minimumTLSVersion == .tlsv12)
        #expect(configuration.certificateVerification == .fullVerification)
    }
}
