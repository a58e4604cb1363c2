/// Texts in over HTTP, over an echoing line and out to a webhook that is served here: the next one of a connection leaves when the last
/// one has come out.
final class RoundTrip {
    struct Result {
        let seconds: Double
        /// Milliseconds from sending a text to its arrival at the webhook.
        let latencies: [Double]

        var rate: Double { seconds > 0 ? Double(latencies.count) / seconds : 0 }
    }

    private struct Slot {
        let socket: Socket
        var framer = HTTPFramer()
        var number = 0
        var start = ContinuousClock.now
        /// Answered, and arrived: both are waited for.
        var isAnswered = true
        var hasArrived = true
    }

    private static let taken = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)
    private static let mark = Array("bench-".utf8)

    private let api: HTTPCall
    private let hook: Socket
    private let lines: Int
    private var slots: [Slot]
    private var hooks: [(socket: Socket, framer: HTTPFramer)] = []
    private var readiness: Readiness
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var latencies: [Double] = []
    private var sent = 0

    /// `hook` listens where the webhook endpoint posts to; the connections share the lines.
    init(_ api: HTTPCall, hook: Socket, connections: Int, lines: Int) throws {
        self.api = api
        self.hook = hook
        self.lines = lines
        slots = try (0..<connections).map { _ in
            let socket = try Socket(.stream)
            try socket.connect(api.address)
            return Slot(socket: socket)
        }
        readiness = Readiness(slots.map(\.socket.descriptor) + [hook.descriptor])
    }

    func run(_ count: Int) throws -> Result {
        latencies = []
        sent = 0
        let begin = ContinuousClock.now
        for place in slots.indices where sent < count { try send(place) }
        while latencies.count < count {
            let ready = try readiness.wait(milliseconds: 15_000)
            guard !ready.isEmpty else { throw BenchError("nothing came out for fifteen seconds, \(count - latencies.count) are missing") }
            for place in ready { try serve(place, of: count) }
        }
        return Result(seconds: (ContinuousClock.now - begin).seconds, latencies: latencies)
    }

    private func send(_ place: Int) throws {
        sent += 1
        slots[place].number += 1
        slots[place].isAnswered = false
        slots[place].hasArrived = false
        slots[place].start = .now
        let text = "bench-\(place)-\(slots[place].number)"
        try slots[place].socket.send(api.submission(line: "line\(place % lines)", to: "+1415555\(2000 + place)", text: text))
    }

    private func serve(_ place: Int, of count: Int) throws {
        if place < slots.count {
            try answer(place)
            try continueIfDone(place, of: count)
        } else if place == slots.count {
            let socket = try hook.accept()
            hooks.append((socket, HTTPFramer()))
            readiness.add(socket.descriptor)
        } else {
            for slot in try arrivals(at: place) { try continueIfDone(slot, of: count) }
        }
    }

    private func answer(_ place: Int) throws {
        let more = try slots[place].socket.receive(into: &buffer)
        guard !more.isEmpty else { throw BenchError("the daemon closed a connection under load") }
        slots[place].framer.append(more)
        guard let answer = slots[place].framer.next() else { return }
        guard answer.status == 202 else { throw BenchError("a text was answered \(answer.status)") }
        slots[place].isAnswered = true
    }

    /// Takes what a connection of the webhook brings; the slots whose text arrived.
    private func arrivals(at place: Int) throws -> [Int] {
        let index = place - slots.count - 1
        let more = try hooks[index].socket.receive(into: &buffer)
        guard !more.isEmpty else {
            readiness.ignore(place)
            return []
        }
        hooks[index].framer.append(more)
        var arrived: [Int] = []
        while let post = hooks[index].framer.next() {
            try hooks[index].socket.send(Self.taken)
            guard let (slot, number) = Self.name(in: post.body), slots.indices.contains(slot), slots[slot].number == number, !slots[slot].hasArrived
            else { continue }
            slots[slot].hasArrived = true
            latencies.append((ContinuousClock.now - slots[slot].start).milliseconds)
            arrived.append(slot)
        }
        return arrived
    }

    private func continueIfDone(_ place: Int, of count: Int) throws {
        guard slots[place].isAnswered, slots[place].hasArrived, sent < count else { return }
        try send(place)
    }

    /// The slot and number in a text of ours.
    private static func name(in body: ArraySlice<UInt8>) -> (Int, Int)? {
        for start in body.indices where body[start] == mark[0] && body[start...].starts(with: mark) {
            let rest = body[(start + mark.count)...].prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
            let numbers = String(decoding: rest, as: UTF8.self).split(separator: "-").compactMap { Int($0) }
            guard numbers.count == 2 else { continue }
            return (numbers[0], numbers[1])
        }
        return nil
    }
}
