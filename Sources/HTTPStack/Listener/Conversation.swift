import Exchange
import HTTPTypes
import HummingbirdCore
import NIOCore
import ServiceLifecycle
import Synchronization
import Telephony

/// Carries requests from a connection to the site and answers back.
struct Conversation: Sendable {
    let site: Site
    let dates: DateField
    let door: Door

    func respond(_ request: HummingbirdCore.Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        var head = Request(
            // What is answered to HEAD is what GET would get, without its body (RFC 9110 §9.3.2).
            method: request.method == .head ? Method.get.rawValue : request.method.rawValue, target: request.head.path ?? "", fields: request.headers,
            host: request.head.authority, source: door.source(of: channel.remoteAddress))
        head.isAbandoned = { await RequestDeadlines.hasPeerEnded(channel) }
        switch await site.admit(head) {
        case .refused(let response):
            try await write(response, request, writer, channel)
        case .admitted(let operation, let admitted):
            let response: Response
            do {
                if operation.bodyLimit > 0, request.headers[.expect]?.lowercased() == "100-continue", declaredLength(request) <= operation.bodyLimit {
                    try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                }
                response = try await Self.cutShort { try await self.answer(request, admitted, by: operation) }
            } catch let problem as Problem {
                return try await write(site.refuse(problem, operation.path), request, writer, channel)
            }
            try await write(response, request, writer, channel)
        }
    }

    private func answer(_ request: HummingbirdCore.Request, _ admitted: Request, by operation: Operation) async throws -> Response {
        var admitted = admitted
        if case .whole = operation.answer, operation.bodyLimit > 0 { admitted.body = try await body(of: request, limit: operation.bodyLimit) }
        let pieces = RequestBody(limit: operation.bodyLimit) { take in try await Self.pieces(of: request, take) }
        return await site.respond(to: admitted, pieces, by: operation)
    }

    /// How long requests under way may go on when the process stops: some wait a minute for a network's word.
    private static let grace: Duration = .seconds(1)

    /// Cancels the work a moment after the process was told to stop, but not the task that writes the answer: whoever's text was accepted by then hears
    /// of it, and does not send it again.
    private static func cutShort(_ work: @escaping @Sendable () async throws -> Response) async throws -> Response {
        let task = Task { try await work() }
        return try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await task.value
            } onGracefulShutdown: {
                Task {
                    try? await Task.sleep(for: grace)
                    task.cancel()
                }
            }
        } onCancel: {
            task.cancel()
        }
    }

    private func declaredLength(_ request: HummingbirdCore.Request) -> Int {
        request.headers[.contentLength].flatMap { Int($0) } ?? 0
    }

    private func body(of request: HummingbirdCore.Request, limit: Int) async throws -> [UInt8] {
        guard declaredLength(request) <= limit else { throw Problem.tooLarge }
        var octets: [UInt8] = []
        try await Self.pieces(of: request) { piece in
            guard octets.count + piece.count <= limit else { throw Problem.tooLarge }
            octets.append(contentsOf: piece)
        }
        return octets
    }

    private static func pieces(of request: HummingbirdCore.Request, _ take: ([UInt8]) async throws -> Void) async throws {
        do {
            for try await buffer in request.body { try await take(Array(buffer.readableBytesView)) }
        } catch is RequestDeadlines.SlowBody {
            throw Problem.tooSlow
        } catch is CancellationError {
            throw Problem.stopping
        }
    }

    private func write(
        _ response: Response, _ request: HummingbirdCore.Request, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        guard let whenLost = response.whenLost else { return try await give(response, request, writer, channel) }
        // Asked before: who closes because of the answer has read it.
        if await RequestDeadlines.hasPeerEnded(channel) { whenLost() }
        try await give(response, request, writer, channel)
    }

    private func give(
        _ response: Response, _ request: HummingbirdCore.Request, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        var head = head(of: response)
        if request.headers[.connection] == "close" { head.headerFields[.connection] = "close" }
        switch response.body {
        case .octets(let octets):
            head.headerFields[.contentLength] = String(octets.count)
            guard request.method != .head else { return try await writer.writeResponse(head) }
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
        case .stream(let length, _) where request.method == .head:
            if length == nil { head.status = .methodNotAllowed }
            head.headerFields[.contentLength] = String(length ?? 0)
            try await writer.writeResponse(head)
        case .stream(let length, let next):
            if let length { head.headerFields[.contentLength] = String(length) }
            try await write(head, promised: length, next, writer, channel)
        }
    }

    private func head(of response: Response) -> HTTPResponse {
        var head = HTTPResponse(status: HTTPResponse.Status(code: response.status), headerFields: Self.commonFields)
        if !response.contentType.isEmpty { head.headerFields[.contentType] = response.contentType }
        head.headerFields[.date] = dates.current
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            // The fields that come several times: each challenge by itself, which no client reads wrongly, and each cookie.
            if name == .wwwAuthenticate || name == .setCookie { head.headerFields.append(HTTPField(name: name, value: value)) } else { head.headerFields[name] = value }
        }
        return head
    }

    private func write(
        _ head: HTTPResponse, promised length: Int?, _ next: @escaping @Sendable () async throws -> [UInt8]?, _ writer: consuming ResponseWriter,
        _ channel: any Channel
    ) async throws {
        var body = try await writer.writeHead(head)
        // The library's own way to notice that the peer left traps where the request's body was read before or never ends.
        let closed = WakeSignal()
        channel.closeFuture.whenComplete { _ in closed.ring() }
        let pieces = AsyncThrowingStream { try await Self.next(next, unless: closed) }
        var count = 0
        for try await octets in pieces.cancelOnGracefulShutdown() {
            count += octets.count
            try await body.write(ByteBuffer(bytes: octets))
        }
        if let length, count != length { throw BrokenPromise() }
        try await body.finish(nil)
    }

    /// A stream gave another number of octets than its head says. The end of the connection tells the peer.
    private struct BrokenPromise: Error {}

    /// The next piece of a stream, or nil when the connection is closed before it comes.
    private static func next(_ next: @escaping @Sendable () async throws -> [UInt8]?, unless closed: WakeSignal) async throws -> [UInt8]? {
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { try await next() }
            group.addTask {
                await closed.wait()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private static let commonFields: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
}

/// The Date header field (RFC 9110 §6.6.1), made once a second.
final class DateField: Sendable {
    private let clock: any WallClock
    private let cached = Mutex<(seconds: Int64, text: String)>((.min, ""))

    init(clock: any WallClock) { self.clock = clock }

    var current: String {
        let now = clock.now()
        return cached.withLock { cached in
            if cached.seconds != now.seconds { cached = (now.seconds, CivilDate(now).rfc1123) }
            return cached.text
        }
    }
}
