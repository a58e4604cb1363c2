import Foundation

/// Metadata for pictures, written by hand.
enum Tags {
    /// TIFF 6.0 in APP1 (Exif 2.3 §4.5): turned by 90 degrees, taken on the northern half of the earth.
    static let exif: [UInt8] =
        Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 2, 0]
        + [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
        + [0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0] + [0, 0, 0, 0]
        + [1, 0] + [1, 0, 2, 0, 2, 0, 0, 0] + Array("N\0\0\0".utf8) + [0, 0, 0, 0]

    static func insert(_ content: [UInt8], into jpeg: Data) -> [UInt8] {
        let length = content.count + 2
        return Array(jpeg.prefix(2)) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + content + Array(jpeg.dropFirst(2))
    }
}
