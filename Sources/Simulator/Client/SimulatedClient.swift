import Foundation

/// A program that sends texts through an interface that many programs know, as that interface is documented; written without the endpoints' code.
public struct SimulatedClient: Sendable {
    /// Which one. VoIP.ms's comes as programs write it by GET, as a form and by SOAP, and as sms-bridge-linphone answers it.
    public enum Interface: String, CaseIterable, Sendable {
        case voipms, voipmsForm, voipmsSOAP, voipmsOfBridge
        case bridgeLinphone, bridgeSIP
        case simGateway
        case smseagle, smseagleRPC
        case kannel, kannelForm
    }

    /// What it asks for.
    public struct Wish: Sendable {
        public var method = "GET"
        /// Path and query.
        public var target: String
        public var headers: [String: String] = [:]
        public var body = ""
    }

    /// What it makes of an answer.
    public enum Verdict: Hashable, Sendable {
        /// The text is on its way.
        case taken
        /// It is not known there.
        case stranger
        /// Not taken, for a reason in this interface's own words.
        case notTaken(String)
        /// No program for this interface understands that.
        case unclear(String)
    }

    public let interface: Interface
    public let user: String
    public let secret: String
    /// Our own number, ten digits.
    public let number: String

    public init(_ interface: Interface, user: String, secret: String, number: String) {
        self.interface = interface
        self.user = user
        self.secret = secret
        self.number = number
    }

    /// A text to ten digits of North America.
    public func wish(_ text: String, to recipient: String) -> Wish { interface.dialect.wish(self, text, recipient) }

    public func verdict(status: Int, body: String) -> Verdict { interface.dialect.verdict(status, body) }
}

/// What is particular to one interface.
struct ClientDialect: Sendable {
    var wish: @Sendable (_ client: SimulatedClient, _ text: String, _ recipient: String) -> SimulatedClient.Wish
    var verdict: @Sendable (_ status: Int, _ body: String) -> SimulatedClient.Verdict
}

extension SimulatedClient.Interface {
    var dialect: ClientDialect {
        switch self {
        case .voipms: .voipms
        case .voipmsForm: .voipmsForm
        case .voipmsSOAP: .voipmsSOAP
        case .voipmsOfBridge: .voipmsOfBridge
        case .bridgeLinphone: .bridgeLinphone
        case .bridgeSIP: .bridgeSIP
        case .simGateway: .simGateway
        case .smseagle: .smseagle
        case .smseagleRPC: .smseagleRPC
        case .kannel: .kannel
        case .kannelForm: .kannelForm
        }
    }
}
