import Crypto
import Synchronization
import Telephony

/// What is given out before somebody is let in, and must come back from the same browser: challenges, and that a password was right.
///
/// They are sealed by a key that ends with the process and remembered nowhere, so that strangers who ask for many fill nothing. Only those
/// that let somebody in are remembered, until they end: each does so once.
final class Tickets: Sendable {
    enum Purpose: String, Sendable {
        /// The password was right, a code is wanted. Bears whose it was and which.
        case code
        case signIn, confirm
        /// A new passkey. Bears the user handle.
        case passkey
    }

    static let lifetime: Duration = .seconds(600)
    private static let codeOctets = 32
    private static let headOctets = 24

    private let key = SymmetricKey(size: .bits256)
    private let random: @Sendable () -> UInt64
    private let used = Mutex<[[UInt8]: Instant]>([:])

    init(random: @escaping @Sendable () -> UInt64) { self.random = random }

    /// - Parameter browser: what ties it to the browser: a secret of one of its cookies.
    func make(_ purpose: Purpose, bearing load: [UInt8] = [], for browser: String, now: Instant) -> [UInt8] {
        let end = (now + Self.lifetime).milliseconds
        let head = Self.octets(random()) + Self.octets(random()) + Self.octets(UInt64(bitPattern: end))
        return head + load + code(purpose, head + load, browser)
    }

    /// What it bears; nil where it is none of ours, for something else, another browser's, too old or used.
    func load(_ ticket: [UInt8], _ purpose: Purpose, for browser: String, now: Instant) -> [UInt8]? {
        guard ticket.count >= Self.headOctets + Self.codeOctets else { return nil }
        let sealed = Array(ticket.dropLast(Self.codeOctets))
        let isOurs = HMAC<SHA256>.isValidAuthenticationCode(
            Array(ticket.suffix(Self.codeOctets)), authenticating: Self.bound(purpose, sealed, browser), using: key)
        let end = sealed[16..<24].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard isOurs, now < Instant(milliseconds: Int64(bitPattern: end)), used.withLock({ $0[ticket] == nil }) else { return nil }
        return Array(sealed.dropFirst(Self.headOctets))
    }

    /// Uses it up; false when somebody was faster.
    func use(_ ticket: [UInt8], now: Instant) -> Bool {
        used.withLock { used in
            used = used.filter { $0.value > now }
            return used.updateValue(now + Self.lifetime, forKey: ticket) == nil
        }
    }

    private func code(_ purpose: Purpose, _ octets: [UInt8], _ browser: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Self.bound(purpose, octets, browser), using: key))
    }

    /// Each piece ends where a zero stands, which neither name nor secret has.
    private static func bound(_ purpose: Purpose, _ octets: [UInt8], _ browser: String) -> [UInt8] {
        Array(purpose.rawValue.utf8) + [0] + Array(browser.utf8) + [0] + octets
    }

    private static func octets(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) } }
}
