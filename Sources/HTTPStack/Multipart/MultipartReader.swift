import Glibc

/// Cuts a multipart body into its parts as it comes in (RFC 2046 §5.1, RFC 7578). However the body is cut, the same comes out; what is held
/// is never more than a line or a delimiter.
public struct MultipartReader: Sendable {
    public enum Event: Hashable, Sendable {
        /// A part begins.
        case part(MultipartHead)
        /// Octets of it.
        case octets(ArraySlice<UInt8>)
        /// It is whole.
        case partEnds
    }

    private enum State {
        /// Before the first delimiter, or within a part: up to the next delimiter.
        case preamble, content
        /// The rest of the delimiter's line.
        case delimiter
        case head([String])
        case closed
    }

    private static let lineLimit = 4096
    private static let headLimit = 16
    private static let partLimit = 32

    private let delimiter: [UInt8]
    private var state = State.preamble
    /// Seen and not yet told. A delimiter begins with the end of the line before it, which the first has not.
    private var held: [UInt8] = [0x0D, 0x0A]
    private var parts = 0

    /// Nil when it is not the Content-Type of such a body, or its boundary is none.
    public init?(contentType: String) {
        let field = MultipartHead.Field(contentType)
        guard field.value.lowercased().hasPrefix("multipart/"), let boundary = field.parameters["boundary"] else { return nil }
        let isPlain = boundary.utf8.allSatisfy { $0 > 0x1F && $0 < 0x7F }
        guard (1...70).contains(boundary.utf8.count), isPlain else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Whether the last delimiter has come: without it the body was cut short.
    public var isComplete: Bool { if case .closed = state { true } else { false } }

    /// What more octets say. Throws where they are no multipart body, or its heads are over the limits.
    public mutating func feed(_ octets: [UInt8]) throws(MultipartError) -> [Event] {
        let input = held.isEmpty ? octets : held + octets
        var position = 0
        var events: [Event] = []
        while try step(input, &position, &events) {}
        held = Array(input[position...])
        return events
    }

    /// One step forward; false when more octets are needed.
    private mutating func step(_ input: [UInt8], _ position: inout Int, _ events: inout [Event]) throws(MultipartError) -> Bool {
        switch state {
        case .preamble:
            _ = try skipContent(input, &position)
        case .content:
            let start = position
            let end = try skipContent(input, &position)
            if end > start { events.append(.octets(input[start..<end])) }
            if case .delimiter = state { events.append(.partEnds) }
        case .delimiter:
            guard let line = try line(of: input, &position) else { return false }
            let text = line.trimmingSpace
            guard text.isEmpty || text.hasPrefix("--") else { throw MultipartError("A delimiter of the body is followed by something else") }
            state = text.isEmpty ? .head([]) : .closed
            return true
        case .head(var lines):
            guard let line = try line(of: input, &position) else { return false }
            guard !line.isEmpty else {
                parts += 1
                guard parts <= Self.partLimit else { throw MultipartError("The body has too many parts") }
                events.append(.part(MultipartHead(lines)))
                state = .content
                return true
            }
            lines.append(line)
            guard lines.count <= Self.headLimit else { throw MultipartError("A part of the body has too many header fields") }
            state = .head(lines)
            return true
        case .closed:
            position = input.count
            return false
        }
        if case .delimiter = state { return true }
        return false
    }

    /// Moves to the end of what surely is content, or behind the next delimiter. Returns where the content ends.
    private mutating func skipContent(_ input: [UInt8], _ position: inout Int) throws(MultipartError) -> Int {
        if let found = Self.find(delimiter, in: input, from: position) {
            position = found + delimiter.count
            state = .delimiter
            return found
        }
        // The delimiter may have begun in the last octets.
        position = max(position, input.count - delimiter.count + 1)
        return position
    }

    /// A line, without its end; nil when it has not all come. After a closing delimiter there may be no line.
    private func line(of input: [UInt8], _ position: inout Int) throws(MultipartError) -> String? {
        let rest = input[position...]
        if case .delimiter = state, rest.starts(with: "--".utf8) {
            position += 2
            return "--"
        }
        guard let end = Self.find([0x0D, 0x0A], in: input, from: position) else {
            // The carriage return of its end may be there already.
            guard rest.count <= Self.lineLimit + 1 else { throw MultipartError("A line in the head of a part is too long") }
            return nil
        }
        guard end - position <= Self.lineLimit else { throw MultipartError("A line in the head of a part is too long") }
        defer { position = end + 2 }
        return String(decoding: input[position..<end], as: UTF8.self)
    }

    /// Where the pattern stands whole, at `start` or behind it.
    private static func find(_ pattern: [UInt8], in octets: [UInt8], from start: Int) -> Int? {
        octets.withUnsafeBytes { octets -> Int? in
            pattern.withUnsafeBytes { pattern -> Int? in
                guard let base = octets.baseAddress, let wanted = pattern.baseAddress, let first = pattern.first else { return nil }
                let end = octets.count - pattern.count + 1
                var index = start
                while index < end, let found = memchr(base + index, Int32(first), end - index) {
                    if memcmp(found, wanted, pattern.count) == 0 { return UnsafeRawPointer(found) - base }
                    index = UnsafeRawPointer(found) - base + 1
                }
                return nil
            }
        }
    }
}
