import Exchange
import Files
import HTTPStack
import Telephony

/// Shows files of messages that leave to a gateway that takes them by address: for half a day, to who has the address.
struct ShownFiles: Sendable {
    let links: FileLinks
    let media: any MediaStore
    let mint: Mint

    /// What no message names is kept for a day; addresses end before.
    private static let lifetime: Duration = .seconds(12 * 3600)

    func url(of octets: [UInt8], contentType: String, name: String) async throws(Failure) -> String {
        do {
            let kept = try await media.keep(octets)
            return links.url(of: FileLink(.media(kept), name: name, contentType: contentType, expires: mint.now() + Self.lifetime))
        } catch {
            throw Failure(.unreachable, error.description)
        }
    }
}
