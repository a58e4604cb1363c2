import Fitting

extension FuzzTarget {
    /// What passes unchanged is of the format that its first octets tell, and passes no more with an octet behind it or, but for sound, with
    /// the last one missing.
    static func media(_ octets: [UInt8]) -> String? {
        let limits = MediaLimits(octets: 1 << 20, longSide: 1 << 15, shortSide: 1 << 15, formats: Set(MediaFormat.allCases))
        guard let format = MediaFormat(sniffing: octets) else { return nil }
        guard MediaFormat.allCases.contains(where: { $0 != format && Bareness.mayPass(octets, $0, within: limits) }) == false else {
            return "it passes as what it is not"
        }
        guard Bareness.mayPass(octets, format, within: limits) else { return nil }
        if format.family != .sound, Bareness.mayPass(Array(octets.dropLast()), format, within: limits) { return "it passes without its end" }
        return Bareness.mayPass(octets + [0xFF], format, within: limits) ? "it passes with something behind its end" : nil
    }
}
