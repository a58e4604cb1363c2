import Fitting
import Telephony

extension Part {
    /// A file that a phone hands over: what it is, its octets say; where they don't, the phone; else it is octets.
    ///
    /// - Parameters:
    ///   - declared: the media type that the phone names, in any form.
    ///   - name: the file's name, as its sender wrote it.
    static func handed(_ octets: [UInt8], declared: String? = nil, name: String? = nil) -> Part {
        let name = name.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) }
        if let format = MediaFormat(sniffing: octets) { return Part(contentType: format.contentType, octets: octets, name: name) }
        return Part(contentType: declared.flatMap(mediaType) ?? "application/octet-stream", octets: octets, name: name)
    }

    /// The type alone, in lower case; nil where it is none.
    private static func mediaType(_ declared: String) -> String? {
        let type = declared.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, type.utf8.count <= 100, halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isToken) }) else { return nil }
        return type == "text/plain" ? plainText : type
    }

    private static func isToken(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): true
        default: false
        }
    }
}
