import HTTPStack
import Wire

/// The manager protocol of a TG gateway from its greeting on: log in, then one command at a time, with events in between.
struct YeastarSession: StateMachine {
    enum Event: Hashable, Sendable {
        /// The connection is there.
        case connected
        case packet(ManagerPacket)
        case order(YeastarOrder)
        /// An order that is not to be told any more, where it still waits its turn.
        case withdrawn(YeastarOrder)
    }

    enum Effect: Hashable, Sendable {
        case write(String)
        case ready
        case loginRefused
        case text(YeastarText)
        case settled(YeastarOrder, YeastarFate)
        /// What became of an order that was settled before.
        case reported(id: String, YeastarFate)
        /// What the gateway says of the span.
        case status(ManagerPacket)
        /// Nothing more is to be expected of this connection.
        case dead(String)
    }

    enum TimerName: Hashable, Sendable {
        case greeting, login, answer, update, watch
    }

    private enum State: Hashable, Sendable {
        case greeting, loggingIn
        case idle
        /// A command's answer is awaited; of an order, or of a look at the span.
        case asking(YeastarOrder?)
        /// The gateway has the order, and will say whether the network took it.
        case awaiting(YeastarOrder)
        case over
    }

    let login: (user: String, secret: String)
    let span: Int
    private var state = State.greeting
    private var waiting: [YeastarOrder] = []

    static let answerTime: Duration = .seconds(20)
    /// The network takes seconds; what is not said by then is said later, as a report.
    static let updateTime: Duration = .seconds(40)
    static let watchEvery: Duration = .seconds(60)

    init(user: String, secret: String, span: Int) {
        login = (Place.header.escape(user), Place.header.escape(secret))
        self.span = span
    }

    /// The order that the gateway may have heard of, and has not settled.
    var underway: YeastarOrder? {
        switch state {
        case .asking(let order): order
        case .awaiting(let order): order
        case .greeting, .loggingIn, .idle, .over: nil
        }
    }

    mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch (state, input) {
        case (.over, _): return []
        case (.greeting, .event(.connected)): return [.arm(.greeting, after: .seconds(2))]
        case (_, .event(.connected)): return []
        case (_, .event(.order(let order))):
            waiting.append(order)
            return next()
        case (_, .event(.withdrawn(let order))):
            waiting.removeAll { $0.id == order.id }
            return []
        // Some gateways greet, and some do not.
        case (.greeting, .event(.packet)), (.greeting, .fired(.greeting)):
            state = .loggingIn
            return [.disarm(.greeting), .effect(.write("Action: Login\r\nUsername: \(login.user)\r\nSecret: \(login.secret)\r\n\r\n")), .arm(.login, after: Self.answerTime)]
        case (.loggingIn, .event(.packet(let packet))): return loggedIn(packet)
        case (.loggingIn, .fired(.login)): return end("it does not answer the login")
        case (.idle, .event(.packet(let packet))), (.asking, .event(.packet(let packet))), (.awaiting, .event(.packet(let packet))): return take(packet)
        case (.idle, .fired(.watch)):
            state = .asking(nil)
            return [.effect(.write(Self.command("gsm show \(span)"))), .arm(.answer, after: Self.answerTime), .arm(.watch, after: Self.watchEvery)]
        case (_, .fired(.watch)): return [.arm(.watch, after: Self.watchEvery)]
        case (.asking(let order), .fired(.answer)):
            return (order.map { [.effect(.settled($0, .unanswered))] } ?? []) + end("it does not answer")
        case (.awaiting(let order), .fired(.update)):
            state = .idle
            return [.effect(.settled(order, .sent))] + next()
        case (_, .fired): return []
        }
    }

    private mutating func loggedIn(_ packet: ManagerPacket) -> [Output<Effect, TimerName>] {
        guard let response = packet["Response"] else { return [] }
        guard response.lowercased() == "success" else {
            state = .over
            return [.disarm(.login), .effect(.loginRefused), .finished]
        }
        state = .idle
        return [.disarm(.login), .effect(.ready), .arm(.watch, after: .seconds(1))] + next()
    }

    private mutating func take(_ packet: ManagerPacket) -> [Output<Effect, TimerName>] {
        if let text = YeastarText(packet) { return text.span == span ? [.effect(.text(text))] : [] }
        if packet["Event"]?.lowercased() == "updatesmssend" { return updated(packet) }
        guard packet["Response"] != nil, case .asking(let order) = state else { return [] }
        guard let order else {
            state = .idle
            return [.disarm(.answer), .effect(.status(packet))] + next()
        }
        if let complaint = Self.complaint(packet) {
            state = .idle
            return [.disarm(.answer), .effect(.settled(order, .refused(complaint)))] + next()
        }
        state = .awaiting(order)
        return [.disarm(.answer), .arm(.update, after: Self.updateTime)]
    }

    /// The news may overtake the answer to the command.
    private mutating func updated(_ packet: ManagerPacket) -> [Output<Effect, TimerName>] {
        guard let id = packet["ID"] else { return [] }
        let fate: YeastarFate = packet["Status"] == "1" ? .sent : .refused("the network did not take it")
        switch state {
        case .awaiting(let order) where order.id == id, .asking(let order?) where order.id == id:
            state = .idle
            return [.disarm(.answer), .disarm(.update), .effect(.settled(order, fate))] + next()
        case .greeting, .loggingIn, .idle, .asking, .awaiting, .over: return [.effect(.reported(id: id, fate))]
        }
    }

    private mutating func next() -> [Output<Effect, TimerName>] {
        guard case .idle = state, !waiting.isEmpty else { return [] }
        let order = waiting.removeFirst()
        state = .asking(order)
        let text = PercentEncoding.encode(order.text)
        return [.effect(.write(Self.command("gsm send sms \(span) \(order.number) \"\(text)\" \(order.id)"))), .arm(.answer, after: Self.answerTime)]
    }

    private mutating func end(_ why: String) -> [Output<Effect, TimerName>] {
        state = .over
        return [.effect(.dead(why)), .finished]
    }

    private static func command(_ text: String) -> String { "Action: smscommand\r\ncommand: \(text)\r\n\r\n" }

    /// The gateway's words where it did not do what it was told.
    private static func complaint(_ packet: ManagerPacket) -> String? {
        if packet["Response"]?.lowercased() == "error" { return packet["Message"] ?? "error" }
        let words = ["no such command", "usage:", "unable", "invalid", "failed", "permission denied"]
        return packet.lines.first { line in words.contains { line.lowercased().contains($0) } }
    }
}
