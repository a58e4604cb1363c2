/// One short message as gammu writes it in detail.
public struct GammuMessage: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case deliver = "Deliver"
        case submit = "Submit"
        /// A report; also a message to be sent that asks for one.
        case report = "Status_Report"
    }

    public enum Coding: String, Hashable, Sendable {
        case gsm7 = "Default_No_Compression"
        case unicode = "Unicode_No_Compression"
        case octets = "8bit"
    }

    public enum Content: Hashable, Sendable {
        case text(String)
        case octets([UInt8])
    }

    public var kind: Kind
    public var number: String
    public var serviceCentre: String?
    public var time: CivilTime?
    /// `UnRead`, `Sent` and so on.
    public var state: String
    public var coding: Coding
    public var content: Content
    /// The user data header with its length octet; empty for none.
    public var header: [UInt8]
    /// −1 for none.
    public var messageClass: Int
    /// TP-MR of what was sent, and in reports of what they are about.
    public var reference: Int

    public init(
        kind: Kind, number: String, serviceCentre: String? = nil, time: CivilTime?, state: String, coding: Coding, content: Content,
        header: [UInt8] = [], messageClass: Int = -1, reference: Int = 0
    ) {
        self.kind = kind
        self.number = number
        self.serviceCentre = serviceCentre
        self.time = time
        self.state = state
        self.coding = coding
        self.content = content
        self.header = header
        self.messageClass = messageClass
        self.reference = reference
    }

    public var text: String? { if case .text(let text) = content { text } else { nil } }
}
