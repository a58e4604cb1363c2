import Fitting
import HTTPStack
import Synchronization
import Telephony

/// Fetches the files of a message from where its gateway says they are; only from hosts that the template or the owner named.
struct FileFetch: Sendable {
    /// Names in lower case; one that begins with `*.` is for all hosts below it.
    let hosts: [String]
    /// The gateway's own host, which alone is shown our secret.
    let home: String?
    /// Our login, where files need it.
    let authorization: String?
    let client: any WebClient
    /// Octets of one file.
    let limit: Int

    private static let timeout: Duration = .seconds(60)
    private static let redirectLimit = 3

    /// - Parameter room: how many octets it may have at most.
    func part(at address: String, within room: Int) async throws(Failure) -> Part {
        guard var url = WebURL(address) else { throw Failure(.refused, "its address is none") }
        for _ in 0...Self.redirectLimit {
            guard isAllowed(url.host) else { throw Failure(.refused, "files of \(url.host) are not fetched; the line's media-hosts name those that are") }
            let collected = Collected()
            let request = OutgoingRequest(
                .get, url, headers: headers(for: url), timeout: Self.timeout, answerBody: .pieces(limit: min(limit, room)) { collected.add($0) })
            let answer = try await client.send(request)
            if [301, 302, 303, 307, 308].contains(answer.status), let location = answer.header("Location") {
                // Each step is checked like the first.
                guard let next = Self.next(location, after: url) else { throw Failure(.refused, "\(url.host) points to where we do not go") }
                url = next
                continue
            }
            guard answer.status == 200 else { throw Failure(.http(answer.status), url.host) }
            return Self.part(collected.octets, declared: answer.header("Content-Type"))
        }
        throw Failure(.refused, "\(url.host) points from one address to the next")
    }

    private func headers(for url: WebURL) -> [(name: String, value: String)] {
        guard let authorization, url.host == home else { return [] }
        return [("Authorization", authorization)]
    }

    private func isAllowed(_ host: String) -> Bool {
        host == home || hosts.contains { $0.hasPrefix("*.") ? host.hasSuffix($0.dropFirst()) : $0 == host }
    }

    private static func next(_ location: String, after url: WebURL) -> WebURL? {
        let next = location.hasPrefix("/") && !location.hasPrefix("//")
            ? WebURL("\(url.description.dropLast(url.target.count))\(location)") : WebURL(location)
        return next.flatMap { url.scheme == .https && $0.scheme == .http ? nil : $0 }
    }

    /// The octets say what they are, before whoever sent them.
    private static func part(_ octets: [UInt8], declared: String?) -> Part {
        if let format = MediaFormat(sniffing: octets) { return Part(contentType: format.contentType, octets: octets) }
        let type = (declared ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let isType = type.split(separator: "/").count == 2 && type.utf8.count <= 80 && type.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/.+-_".contains($0)) }
        guard type.hasPrefix("text/plain") else { return Part(contentType: isType ? type : "application/octet-stream", octets: octets) }
        return .text(String(decoding: octets, as: UTF8.self))
    }
}

/// A file on its way in; the client has counted it.
private final class Collected: Sendable {
    private let held = Mutex<[UInt8]>([])

    var octets: [UInt8] { held.withLock { $0 } }

    func add(_ piece: [UInt8]) { held.withLock { $0 += piece } }
}
