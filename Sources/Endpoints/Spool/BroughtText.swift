import SMS
import Spooling
import Telephony

/// A text that came, for whoever reads the folder.
struct BroughtText: Hashable, Sendable {
    /// A number with its plus, a short code or a name.
    let sender: String
    let text: String
    /// As the network would bring it.
    let segments: [String]
    /// Whether the segments are of the seven-bit alphabet.
    let alphabet: Alphabet
    /// What the segments share; small.
    let reference: UInt8
    let presentation: Presentation
    let sent: CivilTime
    let received: CivilTime
    /// Letters and digits that no other text has.
    let tag: String

    /// The concatenation element of a segment, with no length octet before it all; empty for a text of one.
    func header(of index: Int) -> [UInt8] {
        segments.count > 1 ? [0, 3, reference, UInt8(truncatingIfNeeded: segments.count), UInt8(truncatingIfNeeded: index + 1)] : []
    }
}
