import Telephony

/// The evaluation of the routes for one message: which deliveries it becomes. Pure.
public struct RoutingPlan: Sendable {
    public let routes: [Route]
    public let lifetimes: Lifetimes
    private let carriage: [LineID: Carriage]

    public init(routes: [Route], lifetimes: Lifetimes = Lifetimes(), carriage: [LineID: Carriage] = [:]) {
        self.routes = routes
        self.lifetimes = lifetimes
        self.carriage = carriage
    }

    /// Whether a line takes it; nothing but texts to one party where nobody said.
    public func carries(_ what: Carriage, over line: LineID) -> Bool { carriage[line, default: []].isSuperset(of: what) }

    /// Where a new message goes. One from outside whose sender is blocked for the line goes nowhere, and where a person has blocked them, not to that
    /// person's devices.
    ///
    /// - Parameters:
    ///   - blocks: of its sender.
    ///   - company: of its recipients.
    public func destinations(
        of message: Message, subscribers: [Subscriber], blocks: [Block] = [], company: Submission.Company = .together
    ) -> [Destination] {
        switch message.direction {
        case .incoming:
            let scopes = Set(blocks.map(\.scope))
            guard !scopes.contains(.line(message.line)) else { return [] }
            let owners = subscribers.filter { $0.lines.contains(message.line) && !scopes.contains(.person($0.person)) }
            return routes.filter { $0.serves(message.line) }.flatMap { destinations(over: $0, of: message.line, to: owners) }
        case .outgoing:
            guard company == .together, message.isOfGroup, carries(.groups, over: message.line) else { return message.participants.map { .trunk(message.line, recipients: [$0]) } }
            return [.trunk(message.line, recipients: message.participants)]
        case .within:
            let addressed = subscribers.filter { message.participants.contains(.person($0.person)) }
            return routes.filter { $0.audience == .devices }.flatMap { destinations(over: $0, of: message.line, to: addressed) }
        }
    }

    /// Whether anybody would be brought what comes in on a line.
    public func reachesAnybody(_ line: LineID, subscribers: [Subscriber]) -> Bool {
        routes.contains { route in
            guard route.serves(line) else { return false }
            switch route.audience {
            // Those whose receivers are told of nothing ask by themselves.
            case .everyone, .receivers: return true
            case .devices: return subscribers.contains { $0.lines.contains(line) }
            case .writer, .nobody: return false
            }
        }
    }

    /// Where news of an outgoing message goes: the device or endpoint that wrote it, or all devices of its writer, and endpoints that serve everyone.
    /// Who wrote it is told whichever lines their endpoint serves: within the house there is none, and one may have been taken away meanwhile.
    public func statusDestinations(of message: Message, subscribers: [Subscriber]) -> [Destination] {
        routes.flatMap { route -> [Destination] in
            switch route.audience {
            case .everyone:
                return route.serves(message.line) || message.origin?.endpoint == route.endpoint ? [.endpoint(route.endpoint)] : []
            case .devices:
                guard let origin = message.origin, origin.endpoint == route.endpoint, let person = origin.person else { return [] }
                if let device = origin.device { return [.device(route.endpoint, person, device)] }
                let devices = subscribers.first { $0.person == person }?.devices ?? []
                return devices.map { .device(route.endpoint, person, $0) }
            case .writer:
                return message.origin?.endpoint == route.endpoint ? [.endpoint(route.endpoint)] : []
            case .receivers, .nobody:
                return []
            }
        }
    }

    /// Deliveries of `content` to each destination, due now.
    public func deliveries(_ content: DeliveryContent, of message: MessageID, to destinations: [Destination], mint: Mint) -> [Delivery] {
        let now = mint.now()
        return destinations.map {
            Delivery(
                id: mint.identifier(), message: message, destination: $0, content: content, due: now,
                expires: now + lifetimes.lifetime(of: content, to: $0))
        }
    }

    /// What the writer of a message is told when a delivery of it ends so; nil for nothing.
    func notice(of result: Settlement.Result, _ delivery: Delivery, _ message: Message, at now: Instant) -> StatusNotice? {
        guard case .message = delivery.content else { return nil }
        switch (delivery.destination, result) {
        case (.trunk(_, let recipients), .failed(let failure)): return recipients.first.map { .failed($0, failure) }
        case (.trunk(_, let recipients), .inDoubt(let failure)): return recipients.first.map { .inDoubt($0, failure) }
        // Within the house no network reports: the app that took it has it.
        case (.device(_, let person, _), .accepted) where message.direction == .within: return .delivered(.person(person), at: now)
        case (.trunk, .accepted), (.trunk, .deferred), (.trunk, .repeated), (.device, _), (.endpoint, _), (.receiver, _): return nil
        }
    }

    /// Whether it is told by what becomes of the same message on the person's other devices that a delivery ended so.
    func hangsOnOthers(_ result: Settlement.Result, _ delivery: Delivery, _ message: Message) -> Bool {
        guard message.direction == .within, case .message = delivery.content, case (.device(_, _, _?), .failed) = (delivery.destination, result) else { return false }
        return true
    }

    /// What the writer of a message within the house is told when it failed on a device: nothing while another of the person's may still take it or
    /// has it, nor where it was refused by none, as by apps that are never started.
    ///
    /// - Parameter deliveries: all of the message.
    func notice(of result: Settlement.Result, _ delivery: Delivery, _ message: Message, among deliveries: [DeliveryRecord]) -> StatusNotice? {
        guard hangsOnOthers(result, delivery, message), case .failed(let failure) = result, case .device(_, let person, _) = delivery.destination else { return nil }
        let others = deliveries.filter { record in
            guard record.delivery.id != delivery.id, case .message = record.delivery.content, case .device(_, person, _) = record.delivery.destination else { return false }
            return true
        }
        guard others.allSatisfy({ $0.state == .failed }) else { return nil }
        let failures = [failure] + others.compactMap(\.failure)
        return failures.first { $0.cause != .expired }.map { .failed(.person(person), $0) }
    }

    /// Deliveries that tell the writer.
    func news(_ notice: StatusNotice, of message: Message, subscribers: [Subscriber], mint: Mint) -> [Delivery] {
        deliveries(.status(notice), of: message.id, to: statusDestinations(of: message, subscribers: subscribers), mint: mint)
    }

    private func destinations(over route: Route, of line: LineID, to subscribers: [Subscriber]) -> [Destination] {
        switch route.audience {
        case .everyone:
            return [.endpoint(route.endpoint)]
        case .devices:
            return subscribers.flatMap { subscriber -> [Destination] in
                guard !subscriber.devices.isEmpty else { return [.device(route.endpoint, subscriber.person, nil)] }
                return subscriber.devices.map { .device(route.endpoint, subscriber.person, $0) }
            }
        case .receivers:
            return route.receivers.filter { $0.lines.contains(line) }.map { .receiver(route.endpoint, $0.id) }
        case .writer, .nobody:
            return []
        }
    }
}
