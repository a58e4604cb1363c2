/// The chunks of a PNG (PNG 3rd edition §5.3), without a look at the picture in them.
struct PNGOutline: Hashable {
    let width: Int
    let height: Int

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// What draws the picture; texts, dates, cameras' notes, colour profiles and further pictures are not among it.
    private static let drawing: Set<String> = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs"]

    /// Nil unless the octets are one picture and nothing else.
    init?(bare octets: [UInt8]) {
        guard octets.starts(with: Self.signature) else { return nil }
        var place = Self.signature.count
        var size: (width: Int, height: Int)?
        while place + 12 <= octets.count {
            let length = Self.number(in: octets, at: place)
            let name = String(decoding: octets[(place + 4)..<(place + 8)], as: UTF8.self)
            guard Self.drawing.contains(name), length <= octets.count - place - 12, (name == "IHDR") == (size == nil) else { return nil }
            if name == "IHDR" {
                guard length == 13 else { return nil }
                size = (Self.number(in: octets, at: place + 8), Self.number(in: octets, at: place + 12))
            }
            place += 12 + length
            if name == "IEND" {
                guard let size, size.width > 0, size.height > 0, place == octets.count else { return nil }
                (width, height) = size
                return
            }
        }
        return nil
    }

    /// A number of 31 bits.
    private static func number(in octets: [UInt8], at place: Int) -> Int {
        octets[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
}
