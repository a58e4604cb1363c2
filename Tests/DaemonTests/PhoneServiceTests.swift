import Console
import Settings
import Telephony
import Testing

@testable import Daemon

@Suite struct PhoneServiceTests {
    private func phones(_ softphone: String, http: String = "") throws -> PhoneService? {
        try DaemonSettings(
            yaml: """
                lines:
                  home: {trunk: loopback, country: CH}
                endpoints:
                  softphone:
                    domain: sms.example.org
                    listen: ["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060", "tls:0.0.0.0:5061"]
                    certificate: /c
                    key: /k
                \(softphone.isEmpty ? "    # nothing more" : "    \(softphone)")
                http:
                  listen: 0.0.0.0:8443
                \(http.isEmpty ? "  # nothing more" : "  \(http)")
                """
        ).phones()
    }

    @Test func `apps connect to the server, else to the host of the public URL, else to the domain`() throws {
        #expect(try phones("")?.host == "sms.example.org")
        #expect(try phones("", http: "public-url: https://home.example:8443")?.host == "home.example")
        #expect(try phones("", http: "public-url: https://[2001:db8::1]:8443")?.host == "[2001:db8::1]")
        #expect(try phones("server: sip.example.org", http: "public-url: https://home.example:8443")?.host == "sip.example.org")
    }

    @Test func `the safest way comes first, or the one that was asked for`() throws {
        #expect(try phones("")?.ways.map(\.transport) == [.tls, .tcp, .udp])
        #expect(try phones("transport: udp")?.ways == [.init(.udp, port: 5060), .init(.tls, port: 5061), .init(.tcp, port: 5060)])
    }

    @Test func `a certificate of our own making is no way for phones, unless it is asked for`() throws {
        func phones(_ more: String) throws -> PhoneService? {
            try DaemonSettings(
                yaml: """
                    certificates: {names: [192.168.1.10]}
                    lines:
                      home: {trunk: loopback, country: CH}
                    endpoints:
                      softphone: {domain: 192.168.1.10, listen: ["tcp:0.0.0.0:5060", "tls:0.0.0.0:5061"]\(more)}
                    """
            ).phones()
        }
        #expect(try phones("")?.certificate == .selfSigned)
        #expect(try phones("")?.ways.map(\.transport) == [.tcp, .tls])
        #expect(try phones(", transport: tls")?.ways.map(\.transport) == [.tls, .tcp])
    }

    @Test func `files go to the public URL alone, and numbers are dialled as in the line's country`() throws {
        #expect(try phones("")?.files == nil)
        let known = try phones("", http: "public-url: https://home.example:8443")
        #expect(known?.files == "https://home.example:8443/files" && known?.callingCodes == ["home": "41"])
    }

    @Test func `a way that is not served is refused, and without a softphone there is no service`() throws {
        let yaml = """
            lines:
              home: {trunk: loopback, country: CH}
            endpoints:
              softphone: {domain: sms.example.org, listen: ["udp:0.0.0.0:5060"], transport: tls}
            """
        #expect(throws: SettingsError.self) { try DaemonSettings(yaml: yaml).phones() }
        #expect(try DaemonSettings(yaml: "lines:\n  home: {trunk: loopback, country: CH}\n").phones() == nil)
    }

    @Test func `links begin with the public URL, else with what this machine listens on`() throws {
        func origin(_ http: String) throws -> String {
            try DaemonSettings(yaml: "lines:\n  home: {trunk: loopback, country: CH}\nhttp: {\(http)}\n").http.origin
        }
        #expect(try origin("public-url: \"https://home.example/\"") == "https://home.example")
        #expect(try origin("listen: \"0.0.0.0:8080\"") == "http://127.0.0.1:8080")
        #expect(try origin("listen: \"[::]:8443\", certificate: /c, key: /k") == "https://[::1]:8443")
        #expect(try origin("listen: \"192.168.1.2:8080\"") == "http://192.168.1.2:8080")
    }
}
