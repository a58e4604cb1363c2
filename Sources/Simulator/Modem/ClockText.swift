import SMS

extension Timestamp {
    /// `yy/MM/dd,hh:mm:ss±zz`, the zone in quarter hours (3GPP TS 27.007 §8.15).
    var clockText: String {
        let pairs = octets.enumerated().map { place, octet in
            // The sign of the zone is a bit of its first digit.
            let first = place == 6 ? octet & 0x07 : octet & 0x0F
            return "\(first)\(octet >> 4)"
        }
        let sign = octets[6] & 0x08 == 0 ? "+" : "-"
        return pairs[0...2].joined(separator: "/") + "," + pairs[3...5].joined(separator: ":") + sign + pairs[6]
    }
}
