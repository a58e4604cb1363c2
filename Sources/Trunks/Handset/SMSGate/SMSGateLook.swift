import Exchange
import HTTPStack
import Synchronization
import Telephony

/// Looks at the phone, and puts its webhooks in order.
final class SMSGateLook: Sendable {
    /// A phone that its server has not seen for so long is taken to be away.
    static let silence: Duration = .seconds(3600)

    private let api: SMSGateAPI
    private let context: HandsetContext
    private let inPlace = Mutex(false)

    init(api: SMSGateAPI, context: HandsetContext) {
        self.api = api
        self.context = context
    }

    /// Whether the app tells us what happens, as far as was seen at the last look.
    var areInPlace: Bool { inPlace.withLock { $0 } }

    func look() async -> PhoneSight {
        let host = api.settings.url.host
        do {
            let answer = try await api.call(.get, "/webhooks")
            switch answer.status {
            case 200: break
            case 401, 403: return .troubled("The phone at \(host) refuses the user or the password of password-file.")
            case 404: return .troubled("What answers at \(host) is not SMS Gate; look at url.")
            default: return .troubled("The phone at \(host) answers \(answer.status).")
            }
            let complaint = try await repair(SMSGateWebhook.list(answer.document))
            inPlace.withLock { $0 = complaint == nil }
            if let complaint { return .troubled(complaint) }
            if api.settings.place == .server, let sight = try await lookThroughServer(host) { return sight }
            return .present(api.settings.place == .phone ? "The phone at \(host) answers." : "The phone's server at \(host) answers, and has seen the phone.")
        } catch {
            return .away("The phone at \(host) does not answer: is it charged, online, and SMS Gate running? \(error.sentence)")
        }
    }

    /// Registers what is missing; nil when all is there, else a sentence.
    private func repair(_ present: [SMSGateWebhook]) async throws(Failure) -> String? {
        guard let url = context.ownURL(SMSGateRoute.path(of: context.line)) else {
            return "The phone is asked for what it received, since it cannot tell: set http: public-url to an https address that it reaches."
        }
        let wanted = SMSGateWebhook.wanted(at: url, mark: String(TokenSecret.hash(context.line.name).prefix(8)))
        for webhook in SMSGateWebhook.missing(wanted, in: present) {
            let answer = try await api.call(.post, "/webhooks", webhook.registration(device: api.settings.device))
            guard !(200..<300).contains(answer.status) else { continue }
            // An older app does not know all events; those it must know are the texts.
            if answer.status == 400, webhook.event != "sms:received" { continue }
            let words = answer.document["message"]?.text.map { ": \($0.harmlessLine.prefix(150))" } ?? ""
            return "The app does not take our webhook (\(answer.status)\(words)). It is asked for what it received instead."
        }
        return nil
    }

    private func lookThroughServer(_ host: String) async throws(Failure) -> PhoneSight? {
        let devices = try await api.call(.get, "/devices").document.elements ?? []
        let ours = devices.filter { api.settings.device == nil || $0["id"]?.text == api.settings.device }
        guard let seen = ours.compactMap({ $0["lastSeen"]?.instant }).max() else {
            return .troubled("The server at \(host) knows no such phone: is the app connected to it?")
        }
        let silence = context.mint.now() - seen
        guard silence > Self.silence else { return nil }
        return .troubled("The server at \(host) has not seen the phone for \(silence.components.seconds / 60) minutes. What is to be sent waits there.")
    }
}
