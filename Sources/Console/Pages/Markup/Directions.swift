extension String {
    /// Without the characters that turn the direction of what stands around them (UAX #9 §2): for where no `bdi` can hold them in, such as the
    /// title of a window.
    var withoutDirections: String {
        guard unicodeScalars.contains(where: { $0.turnsDirection }) else { return self }
        var scalars = UnicodeScalarView()
        scalars.append(contentsOf: unicodeScalars.filter { !$0.turnsDirection })
        return String(scalars)
    }
}

extension Unicode.Scalar {
    fileprivate var turnsDirection: Bool {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
