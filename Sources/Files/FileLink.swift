import HTTPStack
import Telephony

/// What an address of our file server stands for. All of it is in the address, under a seal: who was not given one cannot make one.
public struct FileLink: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        case media(Media)
        /// A part by its number from 0, whose octets lie in the ledger.
        case part(MessageID, Int)
        /// The same, in a form that every app plays.
        case playable(MessageID, Int)
    }

    public let target: Target
    /// For people who look at the address; what a file is called is told beside it.
    public let name: String
    /// A media type without parameters.
    public let contentType: String
    /// To the second.
    public let expires: Instant

    public init(_ target: Target, name: String, contentType: String, expires: Instant) {
        self.target = target
        self.name = FileName.plain(name)
        self.contentType = Self.plain(contentType)
        self.expires = Instant(seconds: expires.seconds)
    }

    /// Seals octets under a key that only we have.
    public typealias Seal = @Sendable ([UInt8]) -> [UInt8]

    /// The last two segments of the path. Nothing in it needs to be escaped: Linphone writes escapes that it was given in its own way, and
    /// `%2F` as what it stands for.
    func path(seal: Seal) -> String {
        let (head, tail) = written
        return "\(head).\(Self.mark(head, tail, name, seal)).\(tail)/\(name)"
    }

    /// Nil where the seal is not ours. Both are decoded already.
    init?(token: String, name: String, seal: Seal) {
        let fields = token.split(separator: ".", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard token.utf8.count <= 512, fields.count == 6 else { return nil }
        let head = fields[0..<4].joined(separator: ".")
        guard Self.areEqual(Self.mark(head, fields[5], name, seal), fields[4]) else { return nil }
        guard let expires = Int64(fields[1], radix: 16), let number = Int(fields[2], radix: 16) else { return nil }
        switch fields[0] {
        case "m":
            guard let media = Media(digest: fields[3], size: number) else { return nil }
            target = .media(media)
        case "p", "r":
            guard let message = MessageID(fields[3]) else { return nil }
            target = fields[0] == "p" ? .part(message, number) : .playable(message, number)
        default: return nil
        }
        self.name = name
        contentType = fields[5].replacing("~", with: "/")
        self.expires = Instant(seconds: expires)
    }

    /// What stands before and behind the seal.
    private var written: (head: String, tail: String) {
        let time = String(expires.seconds, radix: 16), type = contentType.replacing("/", with: "~")
        return switch target {
        case .media(let media): ("m.\(time).\(String(media.size, radix: 16)).\(media.digest)", type)
        case .part(let message, let index): ("p.\(time).\(String(index, radix: 16)).\(message)", type)
        case .playable(let message, let index): ("r.\(time).\(String(index, radix: 16)).\(message)", type)
        }
    }

    /// 128 bits of the seal.
    private static func mark(_ head: String, _ tail: String, _ name: String, _ seal: Seal) -> String {
        lowercaseHex(seal(Array("\(head).\(tail)/\(name)".utf8)).prefix(16))
    }

    private static func areEqual(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(one.utf8, other.utf8) { difference |= one ^ other }
        return difference == 0
    }

    /// A type is sent back to whoever fetches: only what is one.
    public static func plain(_ contentType: String) -> String {
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        let isType = halves.count == 2 && type.utf8.count <= 100 && halves.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isTypeOctet) }
        return isType ? type : "application/octet-stream"
    }

    private static func isTypeOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-+._".utf8.contains(octet)
        }
    }
}
