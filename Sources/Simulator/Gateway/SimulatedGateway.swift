import Synchronization

/// A gateway as the documentation of its maker describes it: takes texts over HTTP, and tells of others. Written without the trunk's code.
public final class SimulatedGateway: Sendable {
    /// Which maker's.
    public enum Make: String, CaseIterable, Sendable {
        case twilio, telnyx, voipms, vonage, kannel, smseagleV1, smseagleRPC, smseagleV2, nowsms, yeastarWeb
    }

    /// How it treats what it is asked to send.
    public enum Mood: Sendable {
        case working, refusing, failing
        /// It does it, and answers later.
        case slow
        /// It does not know who asks.
        case suspicious
        /// It sends, and its answer is lost, or does not come.
        case losingAnswers, silent
    }

    /// A text that it was asked to send, as it understood it.
    public struct Sent: Hashable, Sendable {
        public let recipient: String
        public let sender: String?
        public let text: String
        /// Addresses of files, or the beginning of their octets in hexadecimal digits.
        public let files: [String]
        public let reference: String
        /// Where it is to tell what became of it.
        public let callback: String?
    }

    public static let user = "AC00000000000000000000000000000001"
    public static let secret = "s3cret&more=x"

    public let make: Make
    private let state = Mutex((mood: Mood.working, sent: [Sent](), count: 0))

    public init(_ make: Make) { self.make = make }

    public var sent: [Sent] { state.withLock { $0.sent } }

    public func set(_ mood: Mood) { state.withLock { $0.mood = mood } }

    /// To be given to a `WebPeer`.
    public func respond(_ request: PeerRequest) async -> PeerReply {
        let mood = state.withLock { $0.mood }
        let dialect = make.dialect
        guard mood != .suspicious, dialect.knows(request) else { return dialect.stranger }
        if mood == .failing { return dialect.failing }
        let reference = state.withLock { state in
            state.count += 1
            return dialect.reference(state.count)
        }
        guard mood != .refusing, let sent = dialect.read(request, reference) else { return dialect.refusing }
        state.withLock { $0.sent.append(sent) }
        switch mood {
        case .losingAnswers: return .hangUp
        case .silent:
            try? await Task.sleep(for: .seconds(60))
            return .hangUp
        case .slow:
            try? await Task.sleep(for: .milliseconds(300))
            return dialect.taken(sent)
        case .working, .refusing, .failing, .suspicious: return dialect.taken(sent)
        }
    }
}

/// What is particular to one make.
struct GatewayDialect: Sendable {
    var reference: @Sendable (Int) -> String
    /// Whether the login is right.
    var knows: @Sendable (PeerRequest) -> Bool
    /// Nil for a request that is none.
    var read: @Sendable (PeerRequest, _ reference: String) -> SimulatedGateway.Sent?
    var taken: @Sendable (SimulatedGateway.Sent) -> PeerReply
    var stranger: PeerReply
    var refusing: PeerReply
    var failing: PeerReply
}

extension SimulatedGateway.Make {
    var dialect: GatewayDialect {
        switch self {
        case .twilio: .twilio
        case .telnyx: .telnyx
        case .voipms: .voipms
        case .vonage: .vonage
        case .kannel: .kannel
        case .smseagleV1: .eagleV1
        case .smseagleRPC: .eagleRPC
        case .smseagleV2: .eagleV2
        case .nowsms: .nowsms
        case .yeastarWeb: .yeastarWeb
        }
    }
}
