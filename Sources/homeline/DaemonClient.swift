import ArgumentParser
import AsyncHTTPClient
import Daemon
import Foundation
import NIOCore

/// The running daemon, over its local socket.
struct DaemonClient {
    let state: StateDirectory

    /// Sends a request and gives back the JSON of the answer. Complains and exits where the daemon is away or refuses.
    func call(_ method: String, _ path: String, body: [String: JSONValue]? = nil) async throws -> JSONValue {
        let (status, answer) = try await exchange(method, path, body)
        guard (200..<300).contains(status) else { throw refused(status, answer["error"]?["message"]?.text) }
        return answer
    }

    /// The state of every part, well or not.
    func health() async throws -> JSONValue { try await exchange("GET", "/health", nil).answer }

    private func exchange(_ method: String, _ path: String, _ body: [String: JSONValue]?) async throws -> (status: UInt, answer: JSONValue) {
        var request = request(method, path)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        }
        try await awaitDaemon()
        let isOnce = method == "GET" || body?["idempotencyKey"] != nil
        if isOnce, let answer = try? await answer(to: request) { return answer }
        // What is done once however often it is asked for is asked for again: a daemon that ended may begin anew.
        let isThere = isOnce ? try await isThere() : true
        if isThere, let answer = try? await answer(to: request) { return answer }
        throw method == "GET" ? notRunning() : brokenOff()
    }

    private func answer(to request: HTTPClientRequest) async throws -> (status: UInt, answer: JSONValue) {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
        let content = try await response.body.collect(upTo: 4 * 1024 * 1024)
        return (response.status.code, (try? JSONDecoder().decode(JSONValue.self, from: Data(content.readableBytesView))) ?? .null)
    }

    /// The text of an answer.
    func text(_ path: String) async throws -> String {
        try await awaitDaemon()
        let status: UInt, text: String
        do {
            let response = try await HTTPClient.shared.execute(request("GET", path), timeout: .seconds(90))
            status = response.status.code
            text = String(buffer: try await response.body.collect(upTo: 16 * 1024 * 1024))
        } catch {
            throw notRunning()
        }
        guard status == 200 else { throw refused(status) }
        return text
    }

    /// Each event of a stream, until it ends.
    func events(_ path: String, each: (JSONValue) -> Void) async throws {
        try await awaitDaemon()
        guard let response = try? await HTTPClient.shared.execute(request("GET", path), deadline: .distantFuture) else { throw notRunning() }
        guard response.status == .ok else { throw refused(response.status.code) }
        do {
            var rest: [UInt8] = []
            for try await piece in response.body {
                rest += piece.readableBytesView
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = rest[..<end]
                    if line.starts(with: "data: ".utf8), let value = try? JSONDecoder().decode(JSONValue.self, from: Data(line.dropFirst(6))) { each(value) }
                    rest.removeSubrange(...end)
                }
            }
        } catch {
            throw notRunning()
        }
    }

    private func awaitDaemon() async throws {
        guard try await isThere() else { throw notRunning() }
    }

    /// True once something listens. A daemon that begins anew is away for a moment; where none has the directory, this gives up soon.
    private func isThere() async throws -> Bool {
        let clock = ContinuousClock()
        let start = clock.now
        var held = start
        while !state.isListening {
            if state.isHeld { held = clock.now }
            guard clock.now < start.advanced(by: Self.patience), clock.now < held.advanced(by: Self.gap) else { return false }
            try await clock.sleep(for: .milliseconds(20))
        }
        return true
    }

    private static let patience = Duration.seconds(10)
    /// Between two beginnings nobody has the directory.
    private static let gap = Duration.milliseconds(300)

    private func request(_ method: String, _ path: String) -> HTTPClientRequest {
        let socket = state.socket.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var request = HTTPClientRequest(url: "http+unix://\(socket)\(path)")
        request.method = .init(rawValue: method)
        // A socket's address gives the client no host to name, and HTTP/1.1 wants one (RFC 9112 §3.2).
        request.headers.add(name: "Host", value: "localhost")
        return request
    }

    /// It runs, and does not give what it was asked for.
    private func refused(_ status: UInt, _ sentence: String? = nil) -> ExitCode {
        Terminal.complain(sentence ?? "the daemon answered \(status)")
        return status == 503 ? .tryLater : .failure
    }

    /// It was reached: nobody may be told that nothing was done.
    private func brokenOff() -> ExitCode {
        Terminal.complain("the daemon broke off before it answered, and may have done it all the same; look before you repeat it")
        return .failure
    }

    private func notRunning() -> ExitCode {
        Terminal.complain("the daemon does not answer on \(state.socket); is it running?")
        return .daemonNotRunning
    }
}
