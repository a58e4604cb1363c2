import Testing

@testable import Fitting

@Suite struct OutlineTests {
    /// One grey pixel: quantisation, frame, Huffman tables left out, a scan of made-up bits.
    private static let jpeg: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0] + [0xFF, 0xDB, 0, 3, 0]
        + [0xFF, 0xC0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0] + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0] + [0x12, 0xFF, 0, 0x34, 0xFF, 0xD0, 0x56]
        + [0xFF, 0xD9]
    private static let png = Bombs.png(width: 30, height: 20)
    private static let amr = Array("#!AMR\n".utf8) + [0x3C] + [UInt8](repeating: 1, count: 31) + [0x04] + [UInt8](repeating: 1, count: 12)

    private let limits = MediaLimits(octets: 10_000, longSide: 100, shortSide: 100)

    @Test func `what holds only a picture or sound may pass`() {
        #expect(JPEGOutline(bare: Self.jpeg).map { [$0.width, $0.height] } == [30, 20])
        #expect(PNGOutline(bare: Self.png).map { [$0.width, $0.height] } == [30, 20])
        #expect(AMROutline(Self.amr, .amr)?.frames == 2)
        for (octets, format) in [(Self.jpeg, MediaFormat.jpeg), (Self.png, .png), (Self.amr, .amr)] {
            #expect(MediaFormat(sniffing: octets) == format)
            #expect(Bareness.mayPass(octets, format, within: limits))
            #expect(!Bareness.mayPass(octets, format, within: MediaLimits(octets: octets.count - 1)))
            #expect(!Bareness.mayPass(octets, format, within: MediaLimits(octets: 10_000, formats: [.mp3])))
        }
        #expect(!Bareness.mayPass(Self.jpeg, .jpeg, within: MediaLimits(octets: 10_000, longSide: 29)))
        #expect(!Bareness.mayPass(Self.png, .png, within: MediaLimits(octets: 10_000, shortSide: 19)))
    }

    @Test func `a cut at any octet, and an octet more, may not pass`() {
        for (octets, format) in [(Self.jpeg, MediaFormat.jpeg), (Self.png, .png), (Self.amr, .amr)] {
            // AMR may end behind each frame.
            for count in 0..<octets.count where !(format == .amr && count == 38) {
                #expect(!Bareness.mayPass(Array(octets.prefix(count)), format, within: limits), "\(format) of \(count) octets")
            }
            #expect(!Bareness.mayPass(octets + [0x85], format, within: limits))
        }
    }

    @Test func `nothing traps whatever bit is turned`() {
        for (octets, format) in [(Self.jpeg, MediaFormat.jpeg), (Self.png, .png), (Self.amr, .amr)] {
            for bit in 0..<(octets.count * 8) {
                var turned = octets
                turned[bit / 8] ^= 1 << (bit % 8)
                _ = Bareness.mayPass(turned, format, within: limits)
                _ = MediaFormat(sniffing: turned)
            }
        }
    }

    @Test(arguments: [0xE1, 0xE2, 0xED, 0xFE, 0xEF, 0xC9] as [UInt8]) func `a JPEG with notes of any kind may not pass`(marker: UInt8) {
        let noted = Array(Self.jpeg.prefix(2)) + [0xFF, marker, 0, 4, 1, 2] + Array(Self.jpeg.dropFirst(2))
        #expect(JPEGOutline(bare: noted) == nil)
    }

    @Test(arguments: ["tEXt", "iTXt", "zTXt", "eXIf", "tIME", "iCCP", "acTL", "caBX"]) func `a PNG with notes of any kind may not pass`(name: String) {
        let chunk: [UInt8] = [0, 0, 0, 1] + Array(name.utf8) + [7, 0, 0, 0, 0]
        let place = 8 + 12 + 13
        #expect(PNGOutline(bare: Array(Self.png.prefix(place)) + chunk + Array(Self.png.dropFirst(place))) == nil)
    }
}
