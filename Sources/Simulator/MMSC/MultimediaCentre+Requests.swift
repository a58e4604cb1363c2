/// MM1 over HTTP, without the socket.
extension MultimediaCentre {
    static let mediaType = "application/vnd.wap.mms-message"
    static let bodyLimit = 20 * 1024 * 1024

    /// - Parameter line: whose MMSC address it came to.
    mutating func answer(
        _ method: String, _ target: String, headers: [String: String], body: [UInt8], line: String, at time: Int
    ) -> (reply: MultimediaReply, effects: [Effect]) {
        if requests.count >= 1000 { requests.removeFirst() }
        requests.append(HTTPRequest(method: method, target: target, headers: headers, size: body.count))
        // Through a proxy the target is the whole address (RFC 9112 §3.2.2).
        let path = target.hasPrefix(base) ? String(target.dropFirst(base.count)) : target
        switch method {
        case "GET": return (fetch(path), [])
        case "POST": return post(body, type: headers["content-type"] ?? "", line: line, at: time)
        default: return (.status(405), [])
        }
    }

    private mutating func fetch(_ path: String) -> MultimediaReply {
        let fault = takeFault(ofSending: false)
        if case .redirect(let address)? = fault { return MultimediaReply(status: 302, headers: [("Location", address)]) }
        if case .status(let status)? = fault { return .status(status) }
        guard let message = stored[path] else { return .status(404) }
        guard let fault else { return .message(message.octets) }
        return fault.spoil(message.octets)
    }

    private mutating func post(_ body: [UInt8], type: String, line: String, at time: Int) -> (reply: MultimediaReply, effects: [Effect]) {
        guard type.hasPrefix(Self.mediaType) else { return (.status(415), []) }
        let loses = faults.contains(.loseAnswer)
        guard let (answer, effects) = take(body, from: line, at: time) else { return (.status(400), []) }
        guard loses, MultimediaPDU(octets: body)?.kind == .sendRequest else { return (.message(answer), effects) }
        faults.removeAll { $0 == .loseAnswer }
        return (MultimediaReply(delivery: .never), effects)
    }
}

extension MultimediaFault {
    /// The message as this fault lets it through.
    fileprivate func spoil(_ octets: [UInt8]) -> MultimediaReply {
        var reply = MultimediaReply.message(octets)
        switch self {
        case .slow(let duration): reply.delivery = .late(duration)
        case .cut(let count): reply.delivery = .cut(afterOctets: count)
        case .page: reply = MultimediaReply(headers: [("Content-Type", "text/html")], body: Array("<html>Your data is used up.</html>".utf8))
        case .wrongType(let type): reply.headers = [("Content-Type", type)]
        case .gzip:
            reply.headers.append(("Content-Encoding", "gzip"))
            reply.body = Gzip.compress(octets)
        case .chunked: reply.delivery = .chunked
        case .bomb(let count):
            reply.headers.append(("Content-Encoding", "gzip"))
            reply.body = Gzip.compress(octets + [UInt8](repeating: 0, count: count))
        case .huge(let count): reply.body = octets + [UInt8](repeating: 0, count: count)
        case .status, .redirect, .refuse, .loseAnswer: break
        }
        return reply
    }
}
