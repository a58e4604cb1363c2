extension String {
    /// This text as a piece of one line for people's eyes, in a log or on a terminal: what would command a terminal, end the line or
    /// turn the direction of writing is shown as an escape (`\\n`, `\\u{1B}`), not obeyed.
    ///
    /// Texts from outside go through it wherever they are written for people, and nowhere else: everything that is for programs
    /// carries them as they came.
    public var harmlessLine: String { harmless(keeping: []) }

    /// The same for a text that may have lines and tabs of its own.
    public var harmlessLines: String { harmless(keeping: ["\n", "\t"]) }

    private func harmless(keeping kept: Set<Unicode.Scalar>) -> String {
        guard unicodeScalars.contains(where: { $0.isCommanding && !kept.contains($0) }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case _ where kept.contains(scalar) || !scalar.isCommanding: text.unicodeScalars.append(scalar)
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// A control character (C0, DEL, C1), a separator of lines, or one that embeds, overrides or isolates a direction (UAX #9 §2).
    fileprivate var isCommanding: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
