import ArgumentParser
import Foundation

/// A file that goes with a message.
struct AttachedFile {
    let name: String
    let contentType: String
    let octets: Data

    /// Complains and exits where it cannot be read.
    init(path: String) throws {
        let place = URL(filePath: path)
        guard let octets = try? Data(contentsOf: place), !octets.isEmpty else {
            Terminal.complain("\(path) cannot be read, or is empty")
            throw ExitCode.validationFailure
        }
        name = place.lastPathComponent
        contentType = Self.types[place.pathExtension.lowercased()] ?? "application/octet-stream"
        self.octets = octets
    }

    /// As the API takes it.
    var part: JSONValue {
        .object(["contentType": .string(contentType), "name": .string(name), "base64": .string(octets.base64EncodedString())])
    }

    /// What people send; the daemon looks at the octets where it matters.
    private static let types = [
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "heic": "image/heic",
        "amr": "audio/amr", "m4a": "audio/mp4", "mp3": "audio/mpeg", "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav",
        "mp4": "video/mp4", "3gp": "video/3gpp", "mov": "video/quicktime", "webm": "video/webm", "vcf": "text/vcard", "ics": "text/calendar",
        "txt": "text/plain", "pdf": "application/pdf",
    ]
}
