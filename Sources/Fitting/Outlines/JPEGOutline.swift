/// The segments of a JPEG (ITU-T T.81 Annex B), without a look at the picture in them.
struct JPEGOutline: Hashable {
    let width: Int
    let height: Int

    /// Nil unless the octets are one picture and nothing else: no camera's notes, no comment, no colour profile, nothing behind the end. What
    /// is not bare is not wrong; it is encoded anew.
    init?(bare octets: [UInt8]) {
        guard octets.starts(with: [0xFF, 0xD8]) else { return nil }
        var place = 2
        var size: (width: Int, height: Int)?
        while let marker = Self.marker(in: octets, at: place) {
            if marker == 0xD9 {
                guard let size, place + 2 == octets.count else { return nil }
                (width, height) = size
                return
            }
            guard let end = Self.end(ofSegmentAt: place + 2, in: octets), Self.isBare(marker, octets[(place + 4)..<end]) else { return nil }
            if (0xC0...0xC2).contains(marker) {
                guard size == nil, end - place >= 11 else { return nil }
                size = (Int(octets[place + 7]) << 8 | Int(octets[place + 8]), Int(octets[place + 5]) << 8 | Int(octets[place + 6]))
            }
            place = marker == 0xDA ? Self.endOfScan(from: end, in: octets) : end
        }
        return nil
    }

    private static func marker(in octets: [UInt8], at place: Int) -> UInt8? {
        place + 1 < octets.count && octets[place] == 0xFF ? octets[place + 1] : nil
    }

    private static func end(ofSegmentAt place: Int, in octets: [UInt8]) -> Int? {
        guard place + 2 <= octets.count else { return nil }
        let length = Int(octets[place]) << 8 | Int(octets[place + 1])
        return length >= 2 && place + length <= octets.count ? place + length : nil
    }

    /// Tables, frames of the three usual kinds with one or three colours, scans; of the application segments only the one that says how
    /// colours are meant, and the one of JFIF without a small picture of its own.
    private static func isBare(_ marker: UInt8, _ content: ArraySlice<UInt8>) -> Bool {
        switch marker {
        case 0xC4, 0xDB, 0xDD, 0xDA: true
        case 0xC0...0xC2: content.dropFirst(5).first == 1 || content.dropFirst(5).first == 3
        case 0xE0: content.count == 14 && content.starts(with: "JFIF\0".utf8)
        case 0xEE: content.count == 12 && content.starts(with: "Adobe".utf8)
        default: false
        }
    }

    /// The next marker that is none of those within a scan (stuffing and restarts).
    private static func endOfScan(from start: Int, in octets: [UInt8]) -> Int {
        octets.withUnsafeBufferPointer { octets in
            var place = start
            while place + 1 < octets.count {
                if octets[place] == 0xFF, octets[place + 1] != 0, !(0xD0...0xD7).contains(octets[place + 1]) { return place }
                place += 1
            }
            return octets.count
        }
    }
}
