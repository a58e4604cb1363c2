/// Names for the parts of one message: ASCII that needs no quoting anywhere, each only once.
struct PartNames {
    private static let lengthLimit = 40
    private static let halfLimit = 12
    private var taken: Set<String> = ["smil", "smil.xml"]
    private var counts: [String: Int] = [:]

    mutating func name(for part: Part) -> String {
        let wanted = part.suggestedName.map(PartNames.safe) ?? ""
        if !wanted.isEmpty, taken.insert(wanted).inserted { return wanted }
        let type = part.contentType.mediaType
        let kind = PartNames.short(type.prefix { $0 != "/" }) ?? "part"
        let suffix = PartNames.suffixes[type] ?? PartNames.short(type.drop { $0 != "/" }.dropFirst()) ?? "bin"
        // Counted on from the last one of its kind, so that a hundred of them are not a hundred searches.
        while true {
            counts[kind, default: 0] += 1
            let name = "\(kind)\(counts[kind, default: 0]).\(suffix)"
            if taken.insert(name).inserted { return name }
        }
    }

    /// The beginning of half a media type; nil where nothing of it can be in a name.
    private static func short(_ half: Substring) -> String? {
        let name = safe(String(half.prefix(halfLimit)))
        return name.isEmpty ? nil : name
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

    private static let suffixes = [
        "text/plain": "txt", "image/jpeg": "jpg", "image/svg+xml": "svg", "text/x-vcard": "vcf", "text/vcard": "vcf", "text/x-vcalendar": "vcs",
        "text/calendar": "ics", "audio/mpeg": "mp3", "audio/mp4": "m4a", "video/3gpp": "3gp", "video/quicktime": "mov",
    ]
}
