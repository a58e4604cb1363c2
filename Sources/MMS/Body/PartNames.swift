/// Names for the parts of one message: ASCII that needs no quoting anywhere, each only once.
struct PartNames {
    private static let lengthLimit = 40
    private var taken: Set<String> = ["smil", "smil.xml"]
    private var counts: [String: Int] = [:]

    mutating func name(for part: Part) -> String {
        let wanted = part.suggestedName.map(PartNames.safe) ?? ""
        if !wanted.isEmpty, taken.insert(wanted).inserted { return wanted }
        let type = part.contentType.mediaType
        let kind = String(type.prefix { $0 != "/" })
        // Counted on from the last one of its kind, so that a hundred of them are not a hundred searches.
        while true {
            counts[kind, default: 0] += 1
            let name = PartNames.safe("\(kind)\(counts[kind, default: 0]).\(PartNames.suffix(of: type))")
            if taken.insert(name).inserted { return name }
        }
    }

    /// The end of a name counts, for it has the suffix.
    private static func safe(_ name: String) -> String {
        let allowed = name.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        let short = allowed.suffix(lengthLimit).drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
        return String(decoding: short, as: UTF8.self)
    }

    private static func isAllowed(_ character: UInt8) -> Bool {
        switch character {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func suffix(of type: String) -> String {
        suffixes[type] ?? String(type.reversed().prefix { $0 != "/" }.reversed())
    }

    private static let suffixes = [
        "text/plain": "txt", "image/jpeg": "jpg", "image/svg+xml": "svg", "text/x-vcard": "vcf", "text/vcard": "vcf", "text/x-vcalendar": "vcs",
        "text/calendar": "ics", "audio/mpeg": "mp3", "audio/mp4": "m4a", "video/3gpp": "3gp", "video/quicktime": "mov",
    ]
}
