import Testing

@testable import Fitting

@Suite struct SniffingTests {
    /// First octets as the formats' own specifications give them.
    private static let heads: [(MediaFormat, [UInt8])] = [
        (.jpeg, [0xFF, 0xD8, 0xFF, 0xE1]), (.png, [0x89] + Array("PNG\r\n\u{1A}\n".utf8)), (.gif, Array("GIF87a".utf8)), (.gif, Array("GIF89a".utf8)),
        (.webp, Array("RIFF....WEBPVP8 ".utf8)), (.heic, box("heic")), (.heic, box("mif1")), (.amr, Array("#!AMR\n".utf8)), (.amrWideband, Array("#!AMR-WB\n".utf8)),
        (.aac, [0xFF, 0xF1, 0x50, 0x80]), (.aac, [0xFF, 0xF9, 0x50, 0x80]), (.m4a, box("M4A ")), (.mp3, Array("ID3\u{4}".utf8)), (.mp3, [0xFF, 0xFB, 0x90, 0x64]),
        (.mp3, [0xFF, 0xF3, 0x40, 0xC4]), (.ogg, Array("OggS\0\u{2}".utf8)), (.wav, Array("RIFF....WAVEfmt ".utf8)), (.mp4, box("isom")), (.mp4, box("mp42")),
        (.threeGP, box("3gp4")), (.threeGP, box("3g2a")), (.quickTime, box("qt  ")), (.webm, [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84] + Array("webm".utf8)),
        (.vCard, Array("BEGIN:VCARD\r\n".utf8)), (.vCard, [0xEF, 0xBB, 0xBF] + Array("begin:vcard".utf8)),
    ]

    private static func box(_ brand: String) -> [UInt8] { [0, 0, 0, 24] + Array("ftyp\(brand)".utf8) }

    @Test(arguments: heads.indices) func `a format is told by its first octets`(index: Int) {
        let (format, head) = Self.heads[index]
        #expect(MediaFormat(sniffing: head) == format)
        #expect(MediaFormat(sniffing: head + [UInt8](repeating: 0, count: 1000)) == format)
    }

    @Test func `every format is told by something`() {
        #expect(Set(Self.heads.map(\.0)) == Set(MediaFormat.allCases))
    }

    @Test func `fewer octets are of no format, or of the same`() {
        for (format, head) in Self.heads {
            for count in 0..<head.count {
                let told = MediaFormat(sniffing: head.prefix(count))
                #expect(told == nil || told == format, "\(format), \(count) octets")
            }
        }
    }

    @Test(arguments: ["BM......", "II*\0", "MM\0*", "%PDF-", "<svg", "<?xml", "#EXTM3U", "ffconcat", "RIFF....AVI ", "fLaC", "FLV\u{1}", "\0\0\u{1}\u{BA}", "8BPS", "P6\n", "#!AM", "DICM", "PK\u{3}\u{4}"])
    func `others are of none`(head: String) {
        #expect(MediaFormat(sniffing: Array(head.utf8)) == nil)
    }

    @Test func `a picture sequence, AVIF and an unknown brand are of none`() {
        for brand in ["avif", "avis", "msf1", "hevc", "crx ", "jpx "] { #expect(MediaFormat(sniffing: Self.box(brand)) == nil) }
    }
}
