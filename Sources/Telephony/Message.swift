public enum Direction: String, Sendable, CaseIterable {
    /// From the carrier to persons.
    case incoming
    /// From a person to the carrier.
    case outgoing
    /// Between two persons of this Homeline, or from Homeline itself to its owner.
    case within
}

/// How the sender wants a text treated (TS 23.038 §4 message classes, TS 23.040 §9.2.3.9).
public enum Presentation: String, Sendable, CaseIterable {
    case ordinary
    /// Class 0: shown at once; storing it is not expected.
    case flash
    /// A voicemail or similar indication.
    case waiting
}

/// The application unit: what one party wrote to others at one time.
public struct Message: Hashable, Sendable {
    public let id: MessageID
    public let line: LineID
    public let direction: Direction
    /// Who wrote it: the far party when incoming, a person otherwise; nil when an API caller or the command line did.
    public let sender: Address?
    /// The other parties of its conversation, without our own line, in a stable order.
    public let participants: [Address]
    public let parts: [Part]
    public let presentation: Presentation
    /// When the far party or the service centre says it was sent; nil where unknown.
    public let sentAt: Instant?
    /// When it was first durable here.
    public let recordedAt: Instant
    /// The app that submitted it and its name for it, so that status can be told to it.
    public let origin: Origin?
    /// The heading of a picture message, where its sender gave one.
    public let subject: String?
    /// The carrier's name for an incoming message whose sender asked to be told when it is read (X-Mms-Read-Report).
    public let readReportReference: String?

    public init(
        id: MessageID, line: LineID, direction: Direction, sender: Address?, participants: [Address], parts: [Part],
        presentation: Presentation = .ordinary, sentAt: Instant? = nil, recordedAt: Instant, origin: Origin? = nil, subject: String? = nil,
        readReportReference: String? = nil
    ) {
        self.id = id
        self.line = line
        self.direction = direction
        self.sender = sender
        self.participants = participants
        self.parts = parts
        self.presentation = presentation
        self.sentAt = sentAt
        self.recordedAt = recordedAt
        self.origin = origin
        self.subject = subject
        self.readReportReference = readReportReference
    }

    /// Whether it is between more than two parties.
    public var isOfGroup: Bool { participants.count > 1 }

    /// All text parts, a line apart.
    public var text: String { parts.compactMap(\.text).joined(separator: "\n") }
}

/// Where an outgoing message was written.
public struct Origin: Hashable, Sendable {
    public let endpoint: EndpointID
    /// Nil for an API token or the command line.
    public let person: PersonID?
    /// The app instance; status goes to all of the person's when nil.
    public let device: DeviceID?
    /// The endpoint's own name for the message, by which the app knows it: a SIP Call-ID.
    public let reference: String
    /// Further such names, of what the app sent in several pieces and was gathered into this one message.
    public let joined: [String]

    public init(endpoint: EndpointID, person: PersonID?, device: DeviceID? = nil, reference: String, joined: [String] = []) {
        self.endpoint = endpoint
        self.person = person
        self.device = device
        self.reference = reference
        self.joined = joined
    }

    public var references: [String] { [reference] + joined }
}

/// What a message has come to, as its writer sees it.
public enum MessageState: String, Sendable, CaseIterable {
    /// An incoming message: recorded, being brought to its persons.
    case received
    /// Waiting to leave, or leaving.
    case queued
    /// The network took it; nothing further is known.
    case sent
    /// The far phone has it, by the network's report.
    case delivered
    case failed
    /// The answer to a send was lost: it may or may not have left.
    case inDoubt
}
