/// The simulated carrier's MMSC as a value: messages by address, the phones outside, and what our lines told it.
///
/// It knows no socket and no clock: `MultimediaServer` brings requests, `ModemHost` carries pushes to the modems.
public struct MultimediaCentre: Sendable {
    /// Something to be done for it.
    enum Effect: Equatable, Sendable {
        /// By short message to a line.
        case push([UInt8], to: String)
        case pushLater([UInt8], to: String, after: Duration)
        /// A phone outside has this now.
        case received(PictureMessage)
    }

    /// What a writer outside wants to hear of a message.
    public enum ReportWish: String, Decodable, Sendable {
        case nothing, whenRead
    }

    /// A message that waits to be fetched.
    struct Stored: Equatable, Sendable {
        var octets: [UInt8]
        var recipient: String
    }

    /// What becomes of messages that ask for reports.
    public struct Reports: Equatable, Sendable {
        /// X-Mms-Status of delivery reports; nil for none at all.
        public var status: UInt8? = 0x81
        /// Whether the phones outside say that a message was read, when asked.
        public var isRead = true
        public var delay = Duration.milliseconds(200)

        public init() {}
    }

    /// `http://host:port`, told by who listens.
    public internal(set) var base = ""
    var stored: [String: Stored] = [:]
    /// What the phones outside received, oldest first.
    public internal(set) var received: [PictureMessage] = []
    /// M-NotifyResp.ind, M-Acknowledge.ind and M-Read-Rec.ind as they were posted, oldest first.
    public internal(set) var told: [[UInt8]] = []
    public internal(set) var requests: [HTTPRequest] = []
    var faults: [MultimediaFault] = []
    public var reports = Reports()
    /// The lines that messages are pushed to.
    var lines: Set<String> = []
    private var count = 0

    /// What was asked for, for tests of what a client sends.
    public struct HTTPRequest: Equatable, Sendable {
        public var method: String
        public var target: String
        public var headers: [String: String]
        public var size: Int
    }

    static let lifetime = 3 * 86_400

    mutating func plan(_ fault: MultimediaFault, times: Int) {
        faults += Array(repeating: fault, count: max(0, min(times, 1000)))
    }

    mutating func takeFault(ofSending: Bool) -> MultimediaFault? {
        faults.firstIndex { $0.isOfSending == ofSending }.map { faults.remove(at: $0) }
    }

    mutating func reset() {
        stored = [:]
        received = []
        told = []
        requests = []
        faults = []
        reports = Reports()
    }

    // MARK: From outside

    /// A phone outside sends a message; the recipients that are lines are told.
    mutating func send(
        _ parts: [PicturePart], from: String, to: [String], subject: String?, asking wish: ReportWish = .nothing, at time: Int
    ) -> [Effect] {
        var request = MultimediaPDU(.sendRequest)
        for number in to { request.add(.to, MultimediaPDU.address(number)) }
        if let subject { request.add(.subject, WSPValue.encodedString(subject)) }
        if wish == .whenRead { request.add(.readReport, [0x80]) }
        (request.contentType, request.body) = MultipartBody.compose(parts)
        return to.filter(lines.contains).map { announce(request, from: from, to: $0, at: time) }
    }

    // MARK: From our lines

    /// The answer to a posted PDU: a PDU, or nothing for what needs no answer. Nil for octets that are no PDU.
    mutating func take(_ octets: [UInt8], from line: String, at time: Int) -> (answer: [UInt8], effects: [Effect])? {
        guard let pdu = MultimediaPDU(octets: octets) else { return nil }
        switch pdu.kind {
        case .sendRequest:
            return accept(pdu, octets: octets, from: line, at: time)
        case .notificationResponse, .acknowledgement, .readReport:
            told.append(octets)
            return ([], [])
        default:
            return nil
        }
    }

    private mutating func accept(
        _ request: MultimediaPDU, octets: [UInt8], from line: String, at time: Int
    ) -> (answer: [UInt8], effects: [Effect]) {
        let transaction = request.string(.transaction) ?? ""
        func refuse(_ status: UInt8) -> (answer: [UInt8], effects: [Effect]) {
            (MultimediaPDU.confirmation(of: transaction, status: status, text: "refused", messageID: nil).octets, [])
        }
        if case .refuse(let status)? = faults.first(where: \.isOfSending) {
            _ = takeFault(ofSending: true)
            return refuse(status)
        }
        let recipients = request.numbers(.to) + request.numbers(.cc) + request.numbers(.bcc)
        guard !recipients.isEmpty else { return refuse(0x84) }
        guard let parts = MultipartBody.parts(contentType: request.contentType, body: request.body) else { return refuse(0x83) }
        count += 1
        let messageID = "sim-\(count)"
        var effects = recipients.filter { lines.contains($0) && $0 != line }.map { announce(request, from: line, to: $0, at: time) }
        if recipients.contains(where: { !lines.contains($0) }) {
            let message = PictureMessage(
                id: received.count + 1, from: line, to: request.numbers(.to), copied: request.numbers(.cc), subject: request.string(.subject), parts: parts,
                wantsDeliveryReport: request.isYes(.deliveryReport), wantsReadReport: request.isYes(.readReport), octets: octets, time: time)
            received.append(message)
            effects.append(.received(message))
        }
        effects += reports(on: request, messageID: messageID, recipients: recipients, writer: line, at: time)
        return (MultimediaPDU.confirmation(of: transaction, status: 0x80, messageID: messageID).octets, effects)
    }

    private func reports(on request: MultimediaPDU, messageID: String, recipients: [String], writer: String, at time: Int) -> [Effect] {
        var effects: [Effect] = []
        for recipient in recipients {
            if request.isYes(.deliveryReport), let status = reports.status {
                let report = MultimediaPDU.deliveryReport(of: messageID, to: recipient, status: status, at: time)
                effects.append(.pushLater(report.octets, to: writer, after: reports.delay))
            }
            if request.isYes(.readReport), reports.isRead {
                let report = MultimediaPDU.readReport(of: messageID, by: recipient, to: writer, at: time)
                effects.append(.pushLater(report.octets, to: writer, after: reports.delay * 2))
            }
        }
        return effects
    }

    /// Stores a message for a line and says so by push.
    private mutating func announce(_ request: MultimediaPDU, from: String, to line: String, at time: Int) -> Effect {
        count += 1
        let token = String(UInt64.random(in: 0...UInt64.max), radix: 36) + String(UInt64.random(in: 0...UInt64.max), radix: 36)
        let transaction = "T\(count)"
        let retrieval = MultimediaPDU.retrieval(of: request, transaction: transaction, messageID: "sim-\(count)", from: from, at: time)
        stored["/m/\(token)"] = Stored(octets: retrieval.octets, recipient: line)
        let notification = MultimediaPDU.notification(
            transaction: transaction, from: from, size: retrieval.octets.count, lifetime: Self.lifetime, location: "\(base)/m/\(token)")
        return .push(notification.octets, to: line)
    }
}
