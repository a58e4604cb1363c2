import Foundation

/// The API, one call at a time.
struct HTTPCall {
    let address: LoopbackAddress
    let token: String

    /// A request as it goes over the wire, for a connection that stays open.
    func request(_ method: String, _ path: String, body: String = "") -> [UInt8] {
        let type = body.isEmpty ? "" : "Content-Type: application/json\r\n"
        let authorization = token.isEmpty ? "" : "Authorization: Bearer \(token)\r\n"
        let host = "Host: \(address.text):\(address.port)\r\n"
        return Array("\(method) \(path) HTTP/1.1\r\n\(host)\(authorization)\(type)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    func submission(line: String, to: String, text: String) -> [UInt8] {
        request("POST", "/api/v1/messages", body: "{\"line\":\"\(line)\",\"to\":[\"\(to)\"],\"text\":\"\(text)\"}")
    }

    /// Sends it on a connection of its own.
    func perform(_ octets: [UInt8]) throws -> HTTPMessage {
        let socket = try Socket(.stream)
        try socket.connect(address)
        return try perform(octets, over: socket)
    }

    func perform(_ octets: [UInt8], over socket: Socket) throws -> HTTPMessage {
        try socket.send(octets)
        var framer = HTTPFramer()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let message = framer.next() { return message }
            let more = try socket.receive(into: &buffer)
            guard !more.isEmpty else { throw BenchError("the connection ended before the answer") }
            framer.append(more)
        }
    }

    private struct Page: Decodable {
        struct Entry: Decodable {
            let id: String
        }

        let messages: [Entry]
        let next: String?
    }

    /// How many messages the ledger holds, counted page by page as any program would.
    func storedMessages() throws -> Int {
        let socket = try Socket(.stream)
        try socket.connect(address)
        var count = 0
        var after = ""
        while true {
            let answer = try perform(request("GET", "/api/v1/messages?limit=500\(after)"), over: socket)
            guard answer.status == 200 else { throw BenchError("the list of messages was answered \(answer.status)") }
            let page = try JSONDecoder().decode(Page.self, from: Data(answer.body))
            count += page.messages.count
            guard let next = page.next else { return count }
            after = "&after=\(next)"
        }
    }

    /// Deliveries that nobody has settled yet.
    func openDeliveries() throws -> Int {
        let text = String(decoding: try perform(request("GET", "/metrics")).body, as: UTF8.self)
        let samples = text.split(separator: "\n").filter { $0.hasPrefix("homeline_deliveries{") }
        return samples.reduce(0) { $0 + Int($1.split(separator: " ").last.flatMap { Double($0) } ?? 0) }
    }
}
