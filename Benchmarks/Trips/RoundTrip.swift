/// Texts in over HTTP, through the daemon, and out on a far side that is played here: the next one of a connection leaves when the last one
/// has been answered and has come out.
final class RoundTrip {
    struct Result {
        let seconds: Double
        /// Milliseconds from sending a text to its arrival on the far side.
        let latencies: [Double]
        /// Milliseconds from sending a text to the whole answer.
        let answers: [Double]

        var rate: Double { seconds > 0 ? Double(latencies.count) / seconds : 0 }
    }

    /// How a text goes in.
    struct Entrance {
        let address: LoopbackAddress
        let request: (TextName) -> [UInt8]
        let isTaken: (HTTPMessage) -> Bool
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

    private let entrance: Entrance
    private let far: any FarSide
    private var slots: [Slot]
    private var watchedCount: Int
    private var readiness: Readiness
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var latencies: [Double] = []
    private var answers: [Double] = []
    private var sent = 0

    init(_ entrance: Entrance, _ far: any FarSide, connections: Int) throws {
        self.entrance = entrance
        self.far = far
        slots = try (0..<connections).map { _ in
            let socket = try Socket(.stream)
            try socket.connect(entrance.address)
            return Slot(socket: socket)
        }
        watchedCount = far.watched.count
        readiness = Readiness(slots.map(\.socket.descriptor) + far.watched.map { $0?.descriptor ?? -1 })
    }

    func run(_ count: Int) throws -> Result {
        latencies = []
        answers = []
        sent = 0
        let begin = ContinuousClock.now
        for place in slots.indices where sent < count { try send(place) }
        while latencies.count < count || answers.count < count {
            let ready = try readiness.wait(milliseconds: 15_000)
            guard !ready.isEmpty else { throw BenchError("nothing came out for fifteen seconds, \(count - latencies.count) are missing") }
            for place in ready { try serve(place, of: count) }
        }
        return Result(seconds: (ContinuousClock.now - begin).seconds, latencies: latencies, answers: answers)
    }

    private func send(_ place: Int) throws {
        sent += 1
        slots[place].number += 1
        slots[place].isAnswered = false
        slots[place].hasArrived = false
        slots[place].start = .now
        try slots[place].socket.send(entrance.request(TextName(slot: place, number: slots[place].number)))
    }

    private func serve(_ place: Int, of count: Int) throws {
        if place < slots.count {
            try answer(place)
            try continueIfDone(place, of: count)
        } else {
            for name in try far.take(at: place - slots.count) where arrived(name) { try continueIfDone(name.slot, of: count) }
            watchMore(place)
        }
    }

    private func answer(_ place: Int) throws {
        let more = try slots[place].socket.receive(into: &buffer)
        guard !more.isEmpty else { throw BenchError("the daemon closed a connection under load") }
        slots[place].framer.append(more)
        guard let answer = slots[place].framer.next() else { return }
        guard entrance.isTaken(answer) else {
            throw BenchError("a text was answered \(answer.status): \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
        }
        answers.append((ContinuousClock.now - slots[place].start).milliseconds)
        slots[place].isAnswered = true
    }

    /// Whether this is the arrival that its slot waits for.
    private func arrived(_ name: TextName) -> Bool {
        guard slots.indices.contains(name.slot), slots[name.slot].number == name.number, !slots[name.slot].hasArrived else { return false }
        slots[name.slot].hasArrived = true
        latencies.append((ContinuousClock.now - slots[name.slot].start).milliseconds)
        return true
    }

    private func watchMore(_ place: Int) {
        if far.watched[place - slots.count] == nil { readiness.ignore(place) }
        for socket in far.watched.dropFirst(watchedCount) { readiness.add(socket?.descriptor ?? -1) }
        watchedCount = far.watched.count
    }

    private func continueIfDone(_ place: Int, of count: Int) throws {
        guard slots[place].isAnswered, slots[place].hasArrived, sent < count else { return }
        try send(place)
    }
}
