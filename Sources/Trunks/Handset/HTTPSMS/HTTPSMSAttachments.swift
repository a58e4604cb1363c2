import HTTPStack
import Messaging
import Telephony

/// Fetches the files of a message from where the server says they are.
struct HTTPSMSAttachments: Sendable {
    /// Octets of all files of a message.
    static let limit = 20 * 1024 * 1024
    static let fileLimit = 20

    /// What becomes of a file that cannot be had now and may be there later.
    enum Absence: Sendable {
        /// Its message waits for it.
        case awaited
        /// It is said in its place, as of one that is gone.
        case told
    }

    let client: any WebClient

    /// The message with its files. An address is fetched only from the open internet or from the server of the settings; what is not there
    /// any more is said in its place. Throws where it may be there later, and is awaited.
    func complete(
        _ message: HandedMessage, _ files: [String], timeout: Duration, absence: Absence = .awaited
    ) async throws(Failure) -> HandedMessage {
        var message = message
        var room = Self.limit
        for file in files.prefix(Self.fileLimit) {
            let part = try await fetch(file, limit: room, timeout: timeout, absence)
            room -= part.size
            message.parts.append(part)
        }
        if files.count > Self.fileLimit { message.parts.append(Self.missing) }
        return message
    }

    private static var missing: Part { .text("[A file could not be fetched from the phone's server]") }

    private func fetch(_ file: String, limit: Int, timeout: Duration, _ absence: Absence) async throws(Failure) -> Part {
        guard let url = WebURL(file), limit > 0 else { return Self.missing }
        let answer: OutgoingAnswer
        do {
            answer = try await client.send(OutgoingRequest(.get, url, timeout: timeout, answerBody: .whole(limit: limit), redirects: 2))
        } catch {
            if error.disposition == .retry, absence == .awaited { throw error }
            return Self.missing
        }
        if answer.status >= 500 || answer.status == 429, absence == .awaited { throw Failure(.http(answer.status)) }
        guard answer.status == 200, !answer.body.isEmpty else { return Self.missing }
        let name = url.target.prefix { $0 != "?" }.split(separator: "/").last.flatMap { PercentEncoding.decode($0, plus: .literal) }
        return .handed(answer.body, declared: answer.header("Content-Type"), name: name)
    }
}
