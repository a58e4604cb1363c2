import Foundation
import HTTPStack

/// A picture or another file as a caller names it: where it is, or its octets in base64, in a `data:` URI or bare.
public enum SentMedia: Hashable, Sendable {
    case at(WebURL)
    /// The type is the caller's word, where there is one.
    case data([UInt8], type: String?)
    /// Base64 and nothing that says so: it may be a word.
    case bare([UInt8])

    /// Nil for anything else.
    public init?(_ text: String) {
        // Octets, because a character of a stranger's can be as long as the text, and asking for its beginning takes minutes then.
        let scheme = String(decoding: text.utf8.prefix(5), as: UTF8.self).lowercased()
        if scheme == "data:" {
            guard let media = Self(dataURI: Substring(text.utf8.dropFirst(5))) else { return nil }
            self = media
        } else if scheme.hasPrefix("http") {
            guard let url = WebURL(text) else { return nil }
            self = .at(url)
        } else {
            guard let octets = Self.decode(text[...]) else { return nil }
            self = .bare(octets)
        }
    }

    /// Octets before the comma of a data URI.
    private static let headLimit = 1024

    /// RFC 2397: `image/png;base64,…`. Forms other than base64 carry no files.
    private init?(dataURI rest: Substring) {
        let before = rest.utf8.prefix { $0 != UInt8(ascii: ",") }
        guard before.count <= Self.headLimit, before.endIndex < rest.endIndex else { return nil }
        let head = String(decoding: before, as: UTF8.self).split(separator: ";", omittingEmptySubsequences: false)
        guard head.last?.lowercased() == "base64", let octets = Self.decode(Substring(rest.utf8[before.endIndex...].dropFirst())) else { return nil }
        let type = head[0].lowercased()
        let isType = type.utf8.count <= 100 && type.split(separator: "/", omittingEmptySubsequences: false).count == 2
            && type.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        self = .data(octets, type: isType ? type : nil)
    }

    /// Base64 as it arrives: in lines, without its padding, in the alphabet for addresses, or with the spaces that a form made of plus signs.
    private static func decode(_ text: Substring) -> [UInt8]? {
        var ascii: [UInt8] = []
        ascii.reserveCapacity(text.utf8.count + 3)
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: " "), UInt8(ascii: "-"): ascii.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): ascii.append(UInt8(ascii: "/"))
            case UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "="): continue
            default: ascii.append(octet)
            }
        }
        while ascii.count % 4 != 0 { ascii.append(UInt8(ascii: "=")) }
        guard let octets = Foundation.Data(base64Encoded: Foundation.Data(ascii)), !octets.isEmpty else { return nil }
        return Array(octets)
    }
}
