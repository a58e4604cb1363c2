import SMS
import Telephony

/// A whole short message, or all that came of it, before it is known whom it is for.
struct ShortMessage: Sendable {
    private let assembly: Assembly
    private let arrivals: [Arrival]
    /// The first segment there is speaks for the message.
    private let first: Arrival
    private var deliver: Deliver { first.deliver }

    init(_ assembly: Assembly) {
        self.assembly = assembly
        arrivals = assembly.arrivals
        first = arrivals[0]
    }

    var sender: SMS.Address { deliver.originatingAddress }

    func meaning(from sender: Telephony.Address) -> Interpretation.Meaning {
        if let reason = notForPeople { return .notForPeople(reason) }
        if let port = applicationPort { return .undecodable(Self.description(ofPort: port, octets: size)) }
        guard let text = assembly.text else { return .undecodable(binaryDescription) }
        guard !waiting.isEmpty else { return message(text, deliver.dataCodingScheme.messageClass == .flash ? .flash : .ordinary, from: sender) }
        if !text.isEmpty { return message(text, .waiting, from: sender) }
        guard let sentence = WaitingSentence.text(of: waiting) else { return .notForPeople("nothing is waiting any more") }
        return message(sentence, .waiting, from: sender)
    }

    private func message(_ text: String, _ presentation: Presentation, from sender: Telephony.Address) -> Interpretation.Meaning {
        .message(.init(sender: sender, parts: [.text(text)], presentation: presentation, sentAt: first.sentAt))
    }

    // MARK: - Not for people

    /// Why it is for the phone or the card alone; nil when it is not.
    private var notForPeople: String? {
        if elements.contains(where: { if case .simToolkit = $0 { true } else { false } }) { return "data for the SIM" }
        return switch deliver.protocolIdentifier {
        case .silent: "a silent message (type 0)"
        case .simDownload: "data for the SIM"
        case .equipmentDownload, .depersonalisation: "data for the phone"
        case .plain, .telematic, .replace, .returnCall, .other: nil
        }
    }

    // MARK: - For applications

    private var elements: [InformationElement] { deliver.userData.header?.elements ?? [] }
    private var size: Int { arrivals.reduce(0) { $0 + $1.deliver.userData.octets.count } }

    /// The application it is addressed to; 0 is nobody's.
    private var applicationPort: UInt16? {
        let ports = arrivals.lazy.compactMap { $0.deliver.userData.header?.ports?.destination }
        return ports.first { $0 != 0 }
    }

    private static let pushPorts: Set<UInt16> = [2948, 2949]

    /// The octets of a whole WAP push (WAP-235-PushOTA); nil for everything else.
    var push: [UInt8]? {
        guard notForPeople == nil, assembly.isComplete, let port = applicationPort, Self.pushPorts.contains(port) else { return nil }
        let content = arrivals.compactMap(\.deliver.userData.binary)
        return content.count == arrivals.count ? content.flatMap(\.self) : nil
    }

    /// What the well-known ports are for; kept until somebody here understands it.
    private static func description(ofPort port: UInt16, octets: Int) -> String {
        switch port {
        case 2948, 2949: "userData: a WAP push (a picture message's notice, most likely) of which segments are missing; port \(port), \(octets) octets"
        case 5505: "userData: a ring tone; port \(port), \(octets) octets"
        default: "userData: data for an application; port \(port), \(octets) octets"
        }
    }

    private var binaryDescription: String {
        let isCompressed = arrivals.contains { $0.deliver.userData.irregularities.contains(.compressed) }
        return isCompressed ? "userData: compressed text, which is not supported" : "userData: \(size) octets that are not text"
    }

    // MARK: - Waiting

    /// What the message says about things that wait elsewhere (TS 23.040 §9.2.3.24.2, TS 23.038 §4).
    private var waiting: [WaitingSentence] {
        let indications = arrivals.flatMap { $0.deliver.userData.header?.specialMessageIndications ?? [] }
        if !indications.isEmpty { return indications.map { WaitingSentence(kind: $0.kind, count: Int($0.count)) } }
        guard let waiting = deliver.dataCodingScheme.messageWaiting else { return [] }
        return [WaitingSentence(kind: waiting.kind, count: waiting.isActive ? nil : 0)]
    }
}
