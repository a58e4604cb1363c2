import Telephony

/// The evaluation of the routes for one message: which deliveries it becomes. Pure.
public struct RoutingPlan: Sendable {
    public let routes: [Route]
    public let lifetimes: Lifetimes

    public init(routes: [Route], lifetimes: Lifetimes = Lifetimes()) {
        self.routes = routes
        self.lifetimes = lifetimes
    }

    /// Where a new message goes.
    public func destinations(of message: Message, subscribers: [Subscriber]) -> [Destination] {
        switch message.direction {
        case .incoming:
            let owners = subscribers.filter { $0.lines.contains(message.line) }
            return routes.filter { $0.serves(message.line) }.flatMap { destinations(over: $0, to: owners) }
        case .outgoing:
            return message.participants.map { .trunk(message.line, recipients: [$0]) }
        case .within:
            let addressed = subscribers.filter { message.participants.contains(.person($0.person)) }
            return routes.filter { $0.audience == .devices }.flatMap { destinations(over: $0, to: addressed) }
        }
    }

    /// Where news of an outgoing message goes: the device that wrote it, or all of its writer's, and endpoints that serve everyone.
    public func statusDestinations(of message: Message, subscribers: [Subscriber]) -> [Destination] {
        routes.filter { $0.serves(message.line) }.flatMap { route -> [Destination] in
            switch route.audience {
            case .everyone:
                return [.endpoint(route.endpoint)]
            case .devices:
                guard let origin = message.origin, origin.endpoint == route.endpoint, let person = origin.person else { return [] }
                if let device = origin.device { return [.device(route.endpoint, person, device)] }
                let devices = subscribers.first { $0.person == person }?.devices ?? []
                return devices.map { .device(route.endpoint, person, $0) }
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

    /// Deliveries that tell the writer of an outgoing message that it failed or is in doubt; none for anything else.
    func news(
        _ result: Settlement.Result, of delivery: Delivery, _ message: Message, subscribers: [Subscriber], mint: Mint
    ) -> [Delivery] {
        guard case .message = delivery.content, case .trunk(_, let recipients) = delivery.destination, let recipient = recipients.first
        else { return [] }
        let notice: StatusNotice
        switch result {
        case .accepted, .deferred: return []
        case .failed(let failure): notice = .failed(recipient, failure)
        case .inDoubt(let failure): notice = .inDoubt(recipient, failure)
        }
        return deliveries(.status(notice), of: message.id, to: statusDestinations(of: message, subscribers: subscribers), mint: mint)
    }

    private func destinations(over route: Route, to subscribers: [Subscriber]) -> [Destination] {
        switch route.audience {
        case .everyone:
            return [.endpoint(route.endpoint)]
        case .devices:
            return subscribers.flatMap { subscriber -> [Destination] in
                guard !subscriber.devices.isEmpty else { return [.device(route.endpoint, subscriber.person, nil)] }
                return subscriber.devices.map { .device(route.endpoint, subscriber.person, $0) }
            }
        }
    }
}

extension Settlement.Result {
    /// Whether the writer is to be told at once.
    var isBadNews: Bool {
        switch self {
        case .accepted, .deferred: false
        case .failed, .inDoubt: true
        }
    }
}
