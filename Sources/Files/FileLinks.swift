import HTTPStack
import Telephony

/// Makes the addresses under which apps fetch files, and knows its own again.
public struct FileLinks: Sendable {
    /// How long a file lies there after its message; apps fetch when they are opened.
    public static let lifetime: Duration = .seconds(90 * 86400)

    private let base: String
    private let seal: FileLink.Seal

    public init(publicURL: WebURL, seal: @escaping FileLink.Seal) {
        let text = publicURL.description
        base = (text.hasSuffix("/") ? String(text.dropLast()) : text) + Self.path + "/"
        self.seal = seal
    }

    /// Where apps send files to; in `homeline check` and the guide.
    public static let path = "/files"

    public func url(of link: FileLink) -> String { base + link.path(seal: seal) }

    /// What one of our addresses stands for; nil for a forged one.
    func link(token: String, name: String) -> FileLink? { FileLink(token: token, name: name, seal: seal) }

    public enum Reading: Hashable, Sendable {
        case ours(FileLink)
        /// It looks like ours and is not.
        case forged
        case foreign(WebURL)
        case unreadable
    }

    /// Octets of an address; no server gives longer ones.
    private static let limit = 8192

    /// Whose file a message from an app names.
    public func reading(of url: String) -> Reading {
        // By octets: a text of some characters takes minutes to compare or to split.
        guard url.utf8.count <= Self.limit else { return .unreadable }
        guard url.utf8.starts(with: base.utf8) else { return WebURL(url).map(Reading.foreign) ?? .unreadable }
        let segments = Substring(url.utf8.dropFirst(base.utf8.count)).split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count == 2, let token = PercentEncoding.decode(segments[0], plus: .literal),
            let name = PercentEncoding.decode(segments[1], plus: .literal), let link = link(token: token, name: name)
        else { return .forged }
        return .ours(link)
    }
}
