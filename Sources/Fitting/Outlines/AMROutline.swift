/// The frames of an AMR file (RFC 4867 §5.3), without a look at the sound in them.
struct AMROutline: Hashable {
    /// Of 20 milliseconds each.
    let frames: Int

    /// Octets of a frame of each mode, its header left out (TS 26.101 table 1a, TS 26.201 table 1a); nil for what is reserved.
    private static let narrow: [Int?] = [12, 13, 15, 17, 19, 20, 26, 31, 5, nil, nil, nil, nil, nil, nil, 0]
    private static let wide: [Int?] = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, nil, nil, nil, nil, 0, 0]

    /// Nil unless the octets are whole frames and nothing else.
    init?(_ octets: [UInt8], _ format: MediaFormat) {
        let isWide = format == .amrWideband
        let magic = isWide ? "#!AMR-WB\n" : "#!AMR\n"
        guard octets.starts(with: magic.utf8) else { return nil }
        let sizes = isWide ? Self.wide : Self.narrow
        var place = magic.utf8.count
        var frames = 0
        while place < octets.count {
            let header = octets[place]
            guard header & 0x83 == 0, let size = sizes[Int(header >> 3 & 15)] else { return nil }
            place += 1 + size
            frames += 1
        }
        guard frames > 0, place == octets.count else { return nil }
        self.frames = frames
    }
}
