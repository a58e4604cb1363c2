import Foundation
import Glibc

/// Speaks to a virtual modem's control interface from another process.
public struct OutsideWorld: Sendable {
    private let socket: String

    public init(socket: String) {
        self.socket = socket
    }

    /// Sends a text into the network, addressed to the modem's SIM. Throws `StateError` with the answer where it is refused.
    public func text(from: String, _ text: String) throws {
        try carryOut(Order(command: "text", from: from, text: text))
    }

    /// Sends files by MMS to the modem's SIM, and to the members where it is a group; paths of this machine.
    public func pictures(from: String, files: [String], text: String? = nil, members: [String] = []) throws {
        try carryOut(Order(command: "picture", from: from, text: text, files: files, members: members.isEmpty ? nil : members))
    }

    private struct Order: Encodable {
        var command: String
        var from: String
        var text: String?
        var files: [String]?
        var members: [String]?
    }

    private struct Answer: Decodable {
        var ok: Bool
        var error: String?
    }

    private func carryOut(_ order: Order) throws {
        let answer = try exchange(Array(JSONEncoder().encode(order)) + [UInt8(ascii: "\n")])
        guard let said = try? JSONDecoder().decode(Answer.self, from: Data(answer)), said.ok else {
            throw StateError("The network refused: \(String(decoding: answer, as: UTF8.self))")
        }
    }

    private func exchange(_ request: [UInt8]) throws -> [UInt8] {
        let answer = try LocalSocket.whileConnected(to: socket) { descriptor in
            guard write(descriptor, request, request.count) == request.count else { throw StateError("the control interface closed") }
            var answer: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while !answer.contains(UInt8(ascii: "\n")), answer.count < 65536 {
                let count = read(descriptor, &buffer, buffer.count)
                guard count > 0 else { break }
                answer += buffer[..<count]
            }
            return answer
        }
        guard let answer else { throw StateError("nothing listens on \(socket)") }
        return answer
    }
}
