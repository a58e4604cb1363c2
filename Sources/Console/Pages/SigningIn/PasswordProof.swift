import HTTPStack
import Telephony

/// That somebody showed an account's password, as a ticket bears it: one that was shown before it was changed shows nothing any more.
struct PasswordProof: Hashable {
    let octets: [UInt8]

    init(_ octets: [UInt8]) { self.octets = octets }

    /// - Parameter kept: the password's hash. It has a salt of its own, so that it is another also where the same one was chosen again.
    init(_ person: PersonID, _ kept: String) { octets = Array("\(TokenSecret.hash(kept)) \(person.name)".utf8) }
}
