import CQREncode

/// A QR code (ISO/IEC 18004) of a text, with the quiet zone that readers need around it.
public struct QRCode: Hashable, Sendable {
    /// Modules on a side, quiet zone included.
    public let width: Int
    private let dark: Set<Int>

    /// Modules around the symbol (ISO/IEC 18004 §6.3.8).
    private static let quiet = 4

    /// Nil for an empty text and for one that is too long: more than 2,331 octets. It can be read with 15 % of it gone (level M).
    public init?(_ text: String) {
        let octets = Array(text.utf8)
        guard !octets.isEmpty, let code = QRcode_encodeData(Int32(clamping: octets.count), octets, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let size = Int(code.pointee.width)
        guard size > 0, let data = code.pointee.data else { return nil }
        let width = size + 2 * Self.quiet
        self.width = width
        // The lowest bit of each octet says whether the module is dark.
        dark = Set(
            (0..<size * size).lazy.filter { data[$0] & 1 == 1 }.map { ($0 / size + Self.quiet) * width + $0 % size + Self.quiet })
    }

    public func isDark(row: Int, column: Int) -> Bool {
        row >= 0 && row < width && column >= 0 && column < width && dark.contains(row * width + column)
    }
}

extension QRCode {
    /// The dark modules as the `d` of an SVG path, a unit each: every run of a row is one rectangle.
    public var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while isDark(row: row, column: column) { column += 1 }
                if column > start { path += "M\(start) \(row)h\(column - start)v1h-\(column - start)z" }
                column += 1
            }
        }
        return path
    }

    /// Lines for a terminal that writes light on dark, two rows of modules each: light modules are ink.
    public var halfBlocks: [String] {
        stride(from: 0, to: width, by: 2).map { row in
            String(
                (0..<width).map { column in
                    // Below the last row there is nothing, which is light too.
                    switch (isDark(row: row, column: column), isDark(row: row + 1, column: column)) {
                    case (false, false): "█"
                    case (false, true): "▀"
                    case (true, false): "▄"
                    case (true, true): " "
                    }
                } as [Character])
        }
    }
}
