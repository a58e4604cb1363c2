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
        let socket = state.socket.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var request = HTTPClientRequest(url: "http+unix://\(socket)\(path)")
        request.method = .init(rawValue: method)
        // A socket's address gives the client no host to name, and HTTP/1.1 wants one (RFC 9112 §3.2).
        request.headers.add(name: "Host", value: "localhost")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        }
        guard FileManager.default.fileExists(atPath: state.socket) else { throw notRunning() }
        let response: HTTPClientResponse
        let content: ByteBuffer
        do {
            response = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
            content = try await response.body.collect(upTo: 4 * 1024 * 1024)
        } catch {
            throw notRunning()
        }
        let answer = (try? JSONDecoder().decode(JSONValue.self, from: Data(content.readableBytesView))) ?? .null
        guard (200..<300).contains(response.status.code) else {
            Terminal.complain(answer["error"]?["message"]?.text ?? "the daemon answered \(response.status.code)")
            throw response.status.code == 503 ? ExitCode.tryLater : ExitCode.failure
        }
        return answer
    }

    private func notRunning() -> ExitCode {
        Terminal.complain("the daemon does not answer on \(state.socket); is it running?")
        return .daemonNotRunning
    }
}
