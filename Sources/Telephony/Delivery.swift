/// The obligation to bring a message, or news of one, to one destination.
public struct Delivery: Hashable, Sendable {
    public let id: DeliveryID
    public let message: MessageID
    public let destination: Destination
    public let content: DeliveryContent
    public let due: Instant
    /// After this it is given up.
    public let expires: Instant

    public init(id: DeliveryID, message: MessageID, destination: Destination, content: DeliveryContent, due: Instant, expires: Instant) {
        self.id = id
        self.message = message
        self.destination = destination
        self.content = content
        self.due = due
        self.expires = expires
    }

    /// The same, later or earlier.
    public func due(at instant: Instant) -> Delivery {
        Delivery(id: id, message: message, destination: destination, content: content, due: instant, expires: expires)
    }
}

/// Where a delivery goes.
public enum Destination: Hashable, Sendable {
    /// Out over the line to these addresses in one transmission: one for a short message, all for a group message.
    case trunk(LineID, recipients: [Address])
    /// To one device of a person. A nil device stands for the first device that the person will register.
    case device(EndpointID, PersonID, DeviceID?)
    /// To an endpoint that serves no particular person.
    case endpoint(EndpointID)
    /// To one of the programs that an endpoint tells, each of which is waited for alone.
    case receiver(EndpointID, ReceiverID)
}

/// What is brought.
public enum DeliveryContent: Hashable, Sendable {
    case message
    /// To the app that wrote the message: what became of it.
    case status(StatusNotice)
    /// To the carrier, for who sent the message: that it was read here.
    case readReport
}

/// News of an outgoing message for its writer.
public enum StatusNotice: Hashable, Sendable {
    case delivered(Address, at: Instant)
    /// The far party has looked at it, by its phone's report.
    case read(Address, at: Instant)
    case failed(Address, Failure)
    case inDoubt(Address, Failure)
}

public enum DeliveryState: String, Sendable, CaseIterable {
    /// Waits until due, or for its queue's head to settle.
    case pending
    /// An attempt is open.
    case claimed
    case accepted
    /// Accepted by the network and reported to have reached the far phone.
    case delivered
    case failed
    case inDoubt

    public var isOpen: Bool { self == .pending || self == .claimed }
}

/// One try at a delivery; open until settled.
public struct Attempt: Hashable, Sendable {
    public let id: AttemptID
    public let delivery: DeliveryID
    /// 1 for the first.
    public let number: Int
    public let openedAt: Instant

    public init(id: AttemptID, delivery: DeliveryID, number: Int, openedAt: Instant) {
        self.id = id
        self.delivery = delivery
        self.number = number
        self.openedAt = openedAt
    }
}

/// What came of an attempt, as the trunk or endpoint saw it.
public enum Outcome: Hashable, Sendable {
    /// The peer took it over; its own name for it, where it has one.
    case accepted(reference: String?)
    /// Not now. A nil time leaves it to the retry policy.
    case deferred(Failure, until: Instant?)
    case failed(Failure)
    /// It may or may not have happened; never retried blindly.
    case inDoubt(Failure)
}
