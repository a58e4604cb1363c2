import Crypto
import Files
import Logging
import Synchronization
import Telephony

/// The key under which secrets of people lie in the ledger: whoever has the ledger alone, in a backup say, cannot open them.
///
/// It lies in the state directory, readable by its owner, and is made when it is first needed.
public final class FactorKey: Sendable {
    private let file: KeyFile?
    private let key: Mutex<SymmetricKey?>

    /// - Parameter directory: the state directory.
    public init(directory: String) {
        file = KeyFile(directory + "/factors.key")
        key = Mutex(nil)
    }

    /// One that ends with the process.
    init() {
        file = nil
        key = Mutex(SymmetricKey(size: .bits256))
    }

    /// Seals a secret for a person: in another's place it cannot be opened (AES-256-GCM).
    func seal(_ secret: [UInt8], of person: PersonID) throws -> [UInt8] {
        let box = try AES.GCM.seal(secret, using: try held(), authenticating: Array("codes of \(person)".utf8))
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(combined)
    }

    /// Nil where it is not under this key, or not this person's.
    func open(_ sealed: [UInt8], of person: PersonID) throws -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        let key = try held()
        return (try? AES.GCM.open(box, using: key, authenticating: Array("codes of \(person)".utf8))).map { Array($0) }
    }

    /// What a browser shows later to be known again: a name of its own and a code of that and the person.
    func mark(_ person: PersonID, name: String) throws -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Self.marked(person, name), using: try held())
        return name + "." + Array(code).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The browser's name, where the mark is the person's; else nil.
    func name(marked mark: String?, of person: PersonID) -> String? {
        guard let parts = mark?.split(separator: ".", maxSplits: 1), parts.count == 2, parts[1].utf8.count == 64, let key = try? held() else { return nil }
        let digits = parts[1].compactMap(\.hexDigitValue)
        guard digits.count == 64 else { return nil }
        let code = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        let name = String(parts[0])
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.marked(person, name), using: key) ? name : nil
    }

    private static func marked(_ person: PersonID, _ name: String) -> [UInt8] { Array("browser \(name) of \(person)".utf8) }

    private func held() throws -> SymmetricKey {
        try key.withLock { held in
            if let held { return held }
            guard let file else { return SymmetricKey(size: .bits256) }
            if let kept = try file.kept() {
                held = kept
                return kept
            }
            let made = SymmetricKey(size: .bits256)
            try file.keep(made)
            held = made
            return made
        }
    }
}
