/// Raw octets as they arrived from a trunk, before anybody tried to understand them. Not a delivery report.
public struct Receipt: Hashable, Sendable {
    public let id: ReceiptID
    public let line: LineID
    public let format: ReceiptFormat
    /// Where the trunk holds it (`SM/3`), or how it came (`direct`). The same octets from the same place are the same receipt until
    /// it is released; equal texts are never merged for being equal.
    public let place: String
    public let octets: [UInt8]
    public let receivedAt: Instant

    public init(id: ReceiptID, line: LineID, format: ReceiptFormat, place: String, octets: [UInt8], receivedAt: Instant) {
        self.id = id
        self.line = line
        self.format = format
        self.place = place
        self.octets = octets
        self.receivedAt = receivedAt
    }
}

/// What the octets of a receipt are.
public enum ReceiptFormat: String, Sendable, CaseIterable {
    /// A service-centre address and a TPDU towards the mobile (TS 27.005 §3.1): SMS-DELIVER or SMS-STATUS-REPORT.
    case modemPDU
    /// What a modem wrote where such a PDU should have been and was none: the octets of its characters. Kept, and never understood.
    case modemLine
    /// A picture message as the carrier's MMSC gave it: M-Retrieve.conf (OMA-TS-MMS_ENC §6.3).
    case multimedia
    /// What a phone or a gateway decoded itself, in the trunk's words: `Messaging/Handover`.
    case handover
}

/// What receipts were found to mean; made by an interpreter, committed by Intake.
public struct Interpretation: Hashable, Sendable {
    public enum Meaning: Hashable, Sendable {
        /// A whole message from `sender`; the other participants are for group messages.
        case message(Content)
        case report(DeliveryReport)
        /// The far party has looked at a message of ours.
        case read(ReadReport)
        /// A picture message waits at the carrier.
        case announcement(Announcement)
        /// Segments are missing; look again when more come, and at `until` deliver what is there.
        case incomplete(until: Instant)
        /// Kept and shown, never delivered: the decoder's words.
        case undecodable(String)
        /// Understood and not for people: a silent message, data for the SIM.
        case notForPeople(String)
    }

    /// A whole message from `sender`; the other participants are for group messages.
    public struct Content: Hashable, Sendable {
        public var sender: Address
        public var others: [Address]
        public var parts: [Part]
        public var presentation: Presentation
        public var sentAt: Instant?
        public var subject: String?
        public var readReportReference: String?

        public init(
            sender: Address, others: [Address] = [], parts: [Part], presentation: Presentation = .ordinary, sentAt: Instant? = nil,
            subject: String? = nil, readReportReference: String? = nil
        ) {
            self.sender = sender
            self.others = others
            self.parts = parts
            self.presentation = presentation
            self.sentAt = sentAt
            self.subject = subject
            self.readReportReference = readReportReference
        }
    }

    public let receipts: [ReceiptID]
    public let meaning: Meaning

    public init(receipts: [ReceiptID], meaning: Meaning) {
        self.receipts = receipts
        self.meaning = meaning
    }

    /// Whether it is of several receipts, or waits for them.
    public var isOfSegments: Bool {
        if case .incomplete = meaning { true } else { receipts.count > 1 }
    }
}
