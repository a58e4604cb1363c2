import Exchange
import Synchronization
import Telephony

/// A part of a message as it is served: whole, a range of it, or not again (RFC 9110 §13, §14).
public struct ServedFile: Sendable {
    /// Octets.
    public let size: Int
    /// Its ETag.
    public let mark: String
    private let read: @Sendable (_ offset: Int, _ count: Int) async throws(MediaError) -> [UInt8]

    /// Octets read at a time: enough to keep a fast network busy, and with the next all that a download holds.
    private static let piece = 256 * 1024

    public static let gone = Problem(410, "gone", "This file is no longer kept")

    public init(_ media: Media, in store: any MediaStore) {
        size = media.size
        mark = "\"\(media.digest.prefix(32))\""
        read = { offset, count async throws(MediaError) in try await store.read(media, from: offset, count: count) }
    }

    /// - Parameter mark: what tells these octets from others, without quotation marks.
    public init(_ octets: [UInt8], mark: String) {
        size = octets.count
        self.mark = "\"\(mark)\""
        read = { offset, count async throws(MediaError) in Array(octets[offset..<min(octets.count, offset + count)]) }
    }

    /// A part's octets, wherever they lie.
    public init(_ part: Part, _ index: Int, of message: MessageID, in store: any MediaStore) {
        switch part.content {
        case .stored(let media): self.init(media, in: store)
        case .inline(let octets): self.init(octets, mark: "\(message)-\(index)")
        }
    }

    /// The answer to a GET. Throws 410 where the octets are no longer there.
    public func response(to request: Request, contentType: String, headers: [(name: String, value: String)]) async throws -> Response {
        let fields = headers + [("ETag", mark), ("Accept-Ranges", "bytes"), ("Cache-Control", "private, max-age=86400, immutable")]
        if request.header("If-None-Match").map(matches) ?? false { return .empty(304, headers: fields) }
        let isSame = request.header("If-Range").map(matches) ?? true
        switch isSame ? ByteRange(request.header("Range"), of: size) : .whole {
        case .unsatisfiable: return .empty(416, headers: fields + [("Content-Range", "bytes */\(size)")])
        case .whole: return try await response(200, 0..<size, contentType, fields)
        case .part(let range):
            let place = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            return try await response(206, range, contentType, fields + [("Content-Range", place)])
        }
    }

    private func response(
        _ status: Int, _ range: Range<Int>, _ contentType: String, _ fields: [(name: String, value: String)]
    ) async throws -> Response {
        // Read before the head is sent: a file that is not there is an answer and not a broken one.
        let first: [UInt8]
        do {
            first = try await read(range.lowerBound, min(Self.piece, range.count))
        } catch MediaError.missing {
            throw Self.gone
        }
        let reading = Mutex((piece: first, next: range.lowerBound + first.count))
        var response = Response(
            status: status, contentType: contentType,
            body: .stream(length: range.count) { [read] in
                let (piece, next) = reading.withLock { $0 }
                guard !piece.isEmpty else { return nil }
                let following = next < range.upperBound ? try await read(next, min(Self.piece, range.upperBound - next)) : []
                reading.withLock { $0 = (following, next + following.count) }
                return piece
            })
        response.headers = fields
        return response
    }

    /// Whether one of the marks of a condition is this one's.
    private func matches(_ condition: String) -> Bool {
        condition.split(separator: ",").contains { $0.drop { $0 == " " } == mark || $0.drop { $0 == " " } == "*" }
    }
}
