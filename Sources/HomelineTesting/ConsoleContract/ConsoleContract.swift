import Exchange
import Testing

/// What every ledger promises of the Console's own ports, clause by clause. A port adds its clauses.
public enum ConsoleContract {
    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        public let check: @Sendable (any ConsoleLedger) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (any ConsoleLedger) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        public var testDescription: String { sentence }
    }

    public static let clauses = browsers + codes + passkeys + audit
}
