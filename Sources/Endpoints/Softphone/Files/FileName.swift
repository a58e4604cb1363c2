/// Names that others gave their files. We keep them to be shown; no path is ever made of one.
enum FileName {
    private static let limit = 120

    /// The last segment, without control characters and what turns text around, and not too long; `file` where nothing is left.
    static func harmless(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var text = String(String.UnicodeScalarView(last.unicodeScalars.filter(isShown)))
        while text.utf8.count > limit {
            // From the middle, so that the ending stays.
            text.remove(at: text.index(text.startIndex, offsetBy: text.count / 2))
        }
        return text.allSatisfy({ $0 == "." || $0 == " " }) ? "file" : text
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        default: true
        }
    }

    /// For a part that has no name: `picture.jpg`, `recording.amr`.
    static func made(for mediaType: String) -> String {
        let halves = mediaType.split(separator: "/")
        let kind = ["image": "picture", "audio": "recording", "video": "video"][halves.first ?? ""] ?? "file"
        let subtype = String(halves.dropFirst().first ?? "bin")
        let ending = ["jpeg": "jpg", "svg+xml": "svg", "3gpp": "3gp", "mpeg": "mp3", "x-vcard": "vcf", "vcard": "vcf", "plain": "txt", "octet-stream": "bin"][subtype]
        return "\(kind).\(ending ?? String(subtype.filter { $0.isLetter || $0.isNumber }.prefix(8)))"
    }
}
