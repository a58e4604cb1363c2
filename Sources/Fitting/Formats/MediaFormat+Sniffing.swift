extension MediaFormat {
    /// How many first octets tell a format.
    public static let tellingOctets = 64

    /// The format that these first octets are of; nil for one we do not know. Only the beginning is looked at, so that what is accepted is
    /// what the one decoder named for it will find.
    public init?(sniffing head: some Collection<UInt8>) {
        let head = Array(head.prefix(Self.tellingOctets))
        guard let format = Self.picture(head) ?? Self.sound(head) ?? Self.container(head) ?? Self.contact(head) else { return nil }
        self = format
    }

    private static func picture(_ head: [UInt8]) -> MediaFormat? {
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if head.starts(with: "GIF87a".utf8) || head.starts(with: "GIF89a".utf8) { return .gif }
        return isRIFF(head, "WEBP") ? .webp : nil
    }

    private static func sound(_ head: [UInt8]) -> MediaFormat? {
        // RFC 4867 §5.1 and §5.2.
        if head.starts(with: "#!AMR\n".utf8) { return .amr }
        if head.starts(with: "#!AMR-WB\n".utf8) { return .amrWideband }
        if head.starts(with: "OggS\0".utf8) { return .ogg }
        if head.starts(with: "ID3".utf8) { return .mp3 }
        if isRIFF(head, "WAVE") { return .wav }
        guard head.count >= 4, head[0] == 0xFF else { return nil }
        // ADTS: sync word, layer 0 (ISO 13818-7 §6.2).
        if head[1] & 0xF6 == 0xF0 { return .aac }
        // MPEG audio: sync word, layer III, a bit rate and a sampling rate that exist (ISO 11172-3 §2.4.1.3).
        let isLayerThree = head[1] & 0xE6 == 0xE2 && head[1] & 0x18 != 0x08
        return isLayerThree && head[2] & 0xF0 != 0xF0 && head[2] & 0x0C != 0x0C ? .mp3 : nil
    }

    private static func container(_ head: [UInt8]) -> MediaFormat? {
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            // The document type is in the header (RFC 8794 §11.2.3).
            return contains(head, "webm") || contains(head, "matroska") ? .webm : nil
        }
        guard head.count >= 12, head[4..<8].elementsEqual("ftyp".utf8) else { return nil }
        let brand = String(decoding: head[8..<12], as: UTF8.self)
        switch brand {
        case "heic", "heix", "heim", "heis", "mif1": return .heic
        case "M4A ", "M4B ": return .m4a
        case "qt  ": return .quickTime
        case _ where brand.hasPrefix("3g"): return .threeGP
        case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4VP", "dash", "MSNV", "mmp4", "f4v ": return .mp4
        default: return nil
        }
    }

    private static func contact(_ head: [UInt8]) -> MediaFormat? {
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        return String(decoding: text.prefix(11), as: UTF8.self).uppercased() == "BEGIN:VCARD" ? .vCard : nil
    }

    private static func isRIFF(_ head: [UInt8], _ form: String) -> Bool {
        head.starts(with: "RIFF".utf8) && head.dropFirst(8).starts(with: form.utf8)
    }

    private static func contains(_ head: [UInt8], _ text: String) -> Bool {
        let text = Array(text.utf8)
        return head.indices.contains { head[$0...].starts(with: text) }
    }
}
