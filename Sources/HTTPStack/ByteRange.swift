/// What of a file a Range header asks for (RFC 9110 §14.2).
public enum ByteRange: Hashable, Sendable {
    /// No range, one that is not understood, or several: all of it is the answer then.
    case whole
    case part(Range<Int>)
    /// Nothing of the file lies in it: 416.
    case unsatisfiable

    /// - Parameter size: of the file, in octets.
    public init(_ header: String?, of size: Int) {
        guard let header, header.lowercased().hasPrefix("bytes=") else {
            self = .whole
            return
        }
        let text = header.dropFirst("bytes=".count)
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
        guard ends.count == 2, ends.allSatisfy({ $0.isEmpty || $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            self = .whole
            return
        }
        switch (Int(ends[0]), Int(ends[1])) {
        case (nil, let suffix?) where ends[0].isEmpty:
            self = suffix == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - suffix)..<size)
        case (let first?, nil) where ends[1].isEmpty:
            self = first < size ? .part(first..<size) : .unsatisfiable
        case (let first?, let last?) where first <= last:
            self = first < size ? .part(first..<min(size, last == .max ? last : last + 1)) : .unsatisfiable
        default:
            self = .whole
        }
    }
}
