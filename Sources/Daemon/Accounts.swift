import EndpointSoftphone
import Exchange
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

    /// Saves the person; lines default to all. A nil password is replaced by a strong one.
    public static func add(_ name: String, lines: [String], password: String?, settings: DaemonSettings) async throws -> Account {
        guard name.utf8.count <= 40, let first = name.utf8.first, isLetter(first), name.utf8.allSatisfy(isPlain) else {
            throw Mistake(description: "'\(name)' is no account name: small letters, digits, - and _, a letter first")
        }
        guard let softphone = settings.endpoints.first(where: { $0.kind == "softphone" }) else {
            throw Mistake(description: "the configuration has no softphone endpoint, so there are no SIP accounts")
        }
        var section = softphone.section
        let sip = try SoftphoneSettings(&section)
        let known = settings.lines.map(\.id)
        let chosen = lines.isEmpty ? known : lines.map { LineID($0) }
        if let unknown = chosen.first(where: { !known.contains($0) }) { throw Mistake(description: "there is no line named \(unknown)") }
        let secret = password.flatMap { $0.isEmpty ? nil : $0 } ?? makePassword()
        let domain = sip.domain.text
        let ledger = try LedgerAccess.open(StateDirectory(settings.stateDirectory))
        try await ledger.save(
            Person(id: PersonID(name), lines: chosen, credentials: SIPCredentials(realm: domain, user: name, password: secret)))
        return Account(name: name, domain: domain, password: secret, servers: sip.agent.listen.map(\.description))
    }

    /// 20 letters and digits without look-alikes: more than 100 bits.
    static func makePassword() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return String((0..<20).compactMap { _ in alphabet.randomElement() })
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        isLetter(octet) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
    }
}
