import Console
import EndpointSoftphone
import Exchange
import HTTPStack
import Telephony

/// People's SIP accounts, made and changed from the command line.
public enum Accounts {
    public struct Account: Sendable {
        public let name: String
        public let domain: String
        public let password: String
        public let servers: [String]
    }

    public struct Mistake: Error, CustomStringConvertible {
        public let description: String
    }

    /// Saves the person. Where no lines are said, who is new gets all of them, and who is known keeps their own: a new password lets nobody read more.
    /// A nil password is replaced by a strong one.
    public static func add(_ name: String, lines: [String], password: String?, settings: DaemonSettings) async throws -> Account {
        guard isName(name) else { throw Mistake(description: noName(name)) }
        guard let softphone = settings.endpoints.first(where: { $0.kind == "softphone" }) else {
            throw noSoftphone
        }
        var section = softphone.section
        let sip = try SoftphoneSettings(&section, certificate: settings.houseFiles)
        let known = settings.lines.map(\.id)
        let said = lines.map { LineID($0) }
        if let unknown = said.first(where: { !known.contains($0) }) { throw Mistake(description: "there is no line named \(unknown)") }
        let secret = password.flatMap { $0.isEmpty ? nil : $0 } ?? SIPPassword.make()
        let domain = sip.domain.text
        let ledger = try LedgerAccess.open(StateDirectory(settings.stateDirectory))
        let before = try await ledger.persons().first { $0.id.name == name }?.lines
        try await ledger.save(
            Person(id: PersonID(name), lines: said.isEmpty ? before ?? known : said, credentials: SIPCredentials(realm: domain, user: name, password: secret)))
        return Account(name: name, domain: domain, password: secret, servers: sip.agent.listen.map(\.description))
    }

    /// A link that sets up one app of a person's.
    public struct Link: Sendable {
        public let url: String
        public let expiresAt: Instant
        public let reach: LinkReach
    }

    /// Gives an app of the person's a password of its own, behind a link that Linphone sets itself up by.
    public static func link(for name: String, label: String, settings: DaemonSettings) async throws -> Link {
        guard settings.http.listen != nil, settings.http.console != .off else {
            throw Mistake(description: "nothing would serve the link: http.listen is none, or http.console is off. '--plain' prints settings to type")
        }
        let made = try await withKnown(name, label, settings) { try await $0.link(for: PersonID(name), label: label) }
        let url = settings.http.origin + made.path
        let reach = LinkReach(
            of: url, over: settings.http.certificate == nil ? .plain : .encrypted, exposure: settings.http.console, certificate: settings.phoneCertificate)
        return Link(url: url, expiresAt: made.expiresAt, reach: reach)
    }

    /// The same as settings to type into any SIP app.
    public static func plainSettings(for name: String, label: String, settings: DaemonSettings) async throws -> PlainSettings {
        try await withKnown(name, label, settings) { try await $0.settings(for: PersonID(name), label: label).settings }
    }

    public static func makePassword() -> String { SIPPassword.make() }

    private static func withKnown<Value>(
        _ name: String, _ label: String, _ settings: DaemonSettings, _ make: (Provisioning) async throws -> Value
    ) async throws -> Value {
        guard let service = try settings.phones() else { throw noSoftphone }
        guard !label.isEmpty, label.unicodeScalars.count <= AppPassword.labelLimit else {
            throw Mistake(description: "a label has 1 to \(AppPassword.labelLimit) characters")
        }
        let ledger = try LedgerAccess.open(StateDirectory(settings.stateDirectory))
        guard try await ledger.persons().contains(where: { $0.id.name == name }) else {
            throw Mistake(description: "there is nobody named \(name); 'homeline person add \(name)' adds them")
        }
        guard try await ledger.appPasswords(of: PersonID(name)).count < Provisioning.appLimit else {
            throw Mistake(description: "\(name) has too many apps already; 'homeline person forget' one first")
        }
        return try await make(Provisioning(service: service, book: ledger, mint: .system()))
    }

    private static let noSoftphone = Mistake(description: "the configuration has no softphone endpoint, so there are no SIP accounts")

    static func isName(_ name: String) -> Bool {
        guard name.utf8.count <= 40, let first = name.utf8.first else { return false }
        return isLetter(first) && name.utf8.allSatisfy(isPlain)
    }

    static func noName(_ name: String) -> String { "'\(name)' is no account name: small letters, digits, - and _, a letter first" }

    private static func isLetter(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        isLetter(octet) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
    }
}
