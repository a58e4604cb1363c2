import Exchange
import Telephony
import Testing

/// What every media store promises, clause by clause.
public enum MediaContract {
    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        public let check: @Sendable (MediaBench) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (MediaBench) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        public var testDescription: String { sentence }
    }

    /// The store of each is made for `limit` octets.
    public static let limit = MediaBench.limit
    public static let clauses = keeping + reading + receiving + sweeping
}
