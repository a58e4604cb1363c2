import Telephony

/// A person with the devices they have used.
public struct Subscriber: Hashable, Sendable {
    public let person: PersonID
    public let lines: [LineID]
    public let devices: [DeviceID]

    public init(person: PersonID, lines: [LineID], devices: [DeviceID]) {
        self.person = person
        self.lines = lines
        self.devices = devices
    }
}

/// Which persons are asked for.
public enum SubscriberSelection: Hashable, Sendable {
    case all
    case line(LineID)
    case persons([PersonID])

    /// Those whose message it is to be told about: who wrote it.
    static func writer(of message: Message) -> SubscriberSelection { .persons([message.origin?.person].compactMap(\.self)) }

    /// The persons among its participants.
    static func participants(of message: Message) -> SubscriberSelection {
        .persons(message.participants.compactMap { if case .person(let person) = $0 { person } else { nil } })
    }
}
