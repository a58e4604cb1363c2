/// Where texts come out: it is asked when one of its sockets has something to read, and answers as a peer would.
protocol FarSide: AnyObject {
    /// What to watch; it only grows. A place of it keeps its socket, nil once that has ended.
    var watched: [Socket?] { get }

    /// Takes what the socket at a place brings; the texts that arrived with it.
    func take(at place: Int) throws -> [TextName]
}

/// An HTTP server that takes texts: a webhook's receiver, or the app of a phone.
final class HTTPFarSide: FarSide {
    let listener: Socket
    private(set) var watched: [Socket?]
    private var framers: [HTTPFramer] = [HTTPFramer()]
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private let answer: [UInt8]

    /// Answers every request with a status of 200 and `body`.
    init(answering body: String = "") throws {
        listener = try Socket(.stream)
        try listener.bind(LoopbackAddress(port: 0))
        try listener.listen()
        watched = [listener]
        answer = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    func take(at place: Int) throws -> [TextName] {
        guard place > 0, let socket = watched[place] else {
            watched.append(try listener.accept())
            framers.append(HTTPFramer())
            return []
        }
        let more = try socket.receive(into: &buffer)
        guard !more.isEmpty else {
            watched[place] = nil
            return []
        }
        framers[place].append(more)
        var arrived: [TextName] = []
        while let request = framers[place].next() {
            try socket.send(answer)
            if let name = TextName(in: request.body) { arrived.append(name) }
        }
        return arrived
    }
}

/// SIP apps that take texts.
final class SIPFarSide: FarSide {
    private let phones: [PlayedPhone]
    let watched: [Socket?]

    init(_ phones: [PlayedPhone]) {
        self.phones = phones
        watched = phones.map(\.socket)
    }

    func take(at place: Int) throws -> [TextName] {
        guard case .request(let request) = try phones[place].receive(milliseconds: 0), request.method == .message else { return [] }
        try phones[place].accept(request)
        return TextName(in: request.body[...]).map { [$0] } ?? []
    }
}
