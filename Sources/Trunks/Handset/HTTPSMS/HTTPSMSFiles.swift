import Exchange
import Files
import Telephony

/// Where phones fetch the files of picture messages: under addresses that nobody can guess, for a day.
struct HTTPSMSFiles: Sendable {
    /// What no row of the ledger names is kept for so long.
    static let lifetime: Duration = .seconds(86_400)

    let context: HandsetContext

    /// Puts each where it can be fetched.
    func publish(_ parts: [FittedPart]) async throws(Failure) -> [String] {
        guard !parts.isEmpty else { return [] }
        guard let files = context.files else {
            throw Failure(.refused, "the phone fetches files from here: set http: public-url to an https address")
        }
        var addresses: [String] = []
        for part in parts {
            let media: Media
            do {
                media = try await context.media.keep(part.octets)
            } catch {
                throw Failure(.unreachable, error.description)
            }
            // The phone tells what a file is by the end of its name.
            let name = FileName.made(for: part.mediaType)
            addresses.append(files.links.url(of: FileLink(.media(media), name: name, contentType: part.mediaType, expires: context.mint.now() + Self.lifetime)))
        }
        return addresses
    }
}
