/// One part of a multimedia message as a phone shows or sends it.
public struct PicturePart: Equatable, Sendable {
    /// Media type without parameters, lower case: `image/jpeg`.
    public var type: String
    public var name: String
    public var octets: [UInt8]

    public init(type: String, name: String, octets: [UInt8]) {
        self.type = type
        self.name = name
        self.octets = octets
    }

    /// The type of a file by its name's ending.
    public static func type(ofFile name: String) -> String {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return types[ending] ?? "application/octet-stream"
    }

    private static let types: [String: String] = [
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "heic": "image/heic",
        "amr": "audio/amr", "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav",
        "mp4": "video/mp4", "3gp": "video/3gpp", "mov": "video/quicktime", "webm": "video/webm", "vcf": "text/x-vCard", "txt": "text/plain",
    ]
}
