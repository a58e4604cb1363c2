import Exchange
import Files
import Kinds
import Telephony

/// Makes the files of a message what the gateway takes, and shows them where it fetches them itself.
struct FilePreparation: Sendable {
    let fitting: PartFitting
    let limits: MultimediaLimits
    /// Nil where the gateway gets octets.
    let shown: ShownFiles?
    /// Where what the gateway does not take is fetched; nil where that is refused.
    let links: SharedFiles?

    /// What a message's files became.
    struct Prepared {
        var files: [OutgoingFile] = []
        /// Where the others are fetched, a line each.
        var words: [String] = []
        /// What was done to them, a sentence each.
        var changes: [String] = []
    }

    func prepare(_ parts: [Part], of message: Message) async throws(Failure) -> Prepared {
        var prepared = Prepared()
        let remainder = PartFitting.Remainder(links, of: message)
        for (index, part) in try await fitting.fit(parts, to: limits, overhead: 0, remainder: remainder).enumerated() {
            prepared.changes += part.changes
            // No part is a text by itself here: these are words in a file's place.
            guard part.mediaType != "text/plain" else {
                prepared.words.append(String(decoding: part.octets, as: UTF8.self))
                continue
            }
            let type = String(part.mediaType.prefix { $0 != ";" })
            let name = "file-\(index + 1).\(Self.ending(of: type))"
            let url = shown == nil ? nil : try await shown?.url(of: part.octets, contentType: type, name: name)
            prepared.files.append(OutgoingFile(mediaType: type, name: name, octets: part.octets, url: url))
        }
        return prepared
    }

    /// Some gateways look at nothing else.
    private static func ending(of type: String) -> String {
        switch type {
        case "image/jpeg": "jpg"
        case "audio/mpeg": "mp3"
        case "audio/mp4": "m4a"
        case "video/3gpp": "3gp"
        case "text/vcard", "text/x-vcard": "vcf"
        default: String(type.split(separator: "/").last ?? "bin").filter { $0.isLetter || $0.isNumber }
        }
    }
}
