import Exchange
import Foundation
import Simulator
import Telephony

/// Everything at once, with a simulated SIM behind the real drivers: the daemon as anybody runs it, and a little outside world.
public struct DemoRun: Sendable {
    public static let person = "me"

    private let places: DemoPlaces
    private let address: String
    private let sipPort: Int
    private let httpPort: Int

    public init(places: DemoPlaces, address: String, sipPort: Int, httpPort: Int) {
        self.places = places
        self.address = address
        self.sipPort = sipPort
        self.httpPort = httpPort
    }

    /// Runs until stopped; `say` gets what a person is to read.
    public func run(say: @escaping @Sendable (String) -> Void) async throws {
        try places.state.create()
        let certificate = try SelfSignedFiles.make(host: address, directory: places.directory)
        let outside = try await DemoOutside.open(places, say: say)
        let file = ConfigurationFile(places.configuration)
        try file.write(configuration(certificate, mmsc: outside.mmsc))
        let settings = try file.read().settings
        let account = try await Accounts.add(Self.person, lines: [], password: try password(), settings: settings)
        let secret = try await freshToken()
        let link = try await ConsoleAccess(settings).firstLink()
        try await RunningDaemon.run(file, companions: [outside]) { [self] in
            for line in welcome(account, token: secret, link: link) { say(line) }
        }
    }

    private func configuration(_ certificate: SelfSignedFiles.Files, mmsc: String) -> String {
        """
        state: \(places.directory)
        country: US
        lines:
          demo:
            trunk: modem
            device: \(places.modem)
            mms:
              bearer: host
              mmsc: \(mmsc)
              proxy: none
        endpoints:
          softphone:
            domain: \(address)
            listen: ["udp:\(address):\(sipPort)", "tcp:\(address):\(sipPort)", "tls:\(address):\(sipPort + 1)"]
            certificate: \(certificate.certificate)
            key: \(certificate.key)
        http:
          listen: 127.0.0.1:\(httpPort)
        log:
          level: warning
        """
    }

    /// The same password at every start, so that an app set up once goes on working.
    private func password() throws -> String {
        let file = places.directory + "/password"
        if let text = try? String(contentsOfFile: file, encoding: .utf8), !text.isEmpty { return text }
        let password = Accounts.makePassword()
        try password.write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        return password
    }

    private func freshToken() async throws -> String {
        try await Tokens.create("demo", scopes: [.read, .send], days: nil, .replace, ledger: try LedgerAccess.open(places.state))
    }

    private func welcome(_ account: Accounts.Account, token: String, link: String?) -> [String] {
        let command = CommandLine.arguments.first ?? "homeline"
        return [
            "",
            "Homeline demo: the SIM \(DemoOutside.number) sits in a virtual modem behind the real driver.",
            "",
            "  1. In Linphone choose 'third-party SIP account' and enter",
            "       user name  \(account.name)",
            "       password   \(account.password)",
            "       domain     \(account.domain)",
            "       transport  UDP or TCP, port \(sipPort)   (TLS: port \(sipPort + 1), self-signed)",
            "  2. Text the SIM from outside, in another terminal:",
            "       \(command) demo text +15550100123 'Hello from outside'",
            "     or send it a picture:",
            "       \(command) demo photo +15550100123 photo.jpg",
            "  3. Answer in the app. What arrives outside is shown below, and the outside answers.",
            "",
            "  No app at hand? The pages do the same:",
            "       " + (link ?? "http://127.0.0.1:\(httpPort)/"),
            "  and so does the HTTP API:",
            "       curl -H 'Authorization: Bearer \(token)' -H 'Content-Type: application/json' \\",
            "         -d '{\"line\":\"demo\",\"to\":[\"+15550100123\"],\"text\":\"hello\"}' http://127.0.0.1:\(httpPort)/api/v1/messages",
            "",
            "  Stop with Ctrl-C. Everything is in \(places.directory); a restart goes on where it stopped.",
            "",
        ]
    }
}
