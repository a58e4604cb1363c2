import Exchange
import HTTPStack
import Kinds
import Messaging
import Telephony

/// A phone behind an httpSMS server, which keeps what is to be sent until the phone has fetched it.
struct HTTPSMSTrunk: Sendable {
    let settings: HTTPSMSSettings
    let context: HandsetContext
    let watch: PhoneWatch
    let catchUp: HTTPSMSCatchUp
    private let api: HTTPSMSAPI
    private let files: HTTPSMSFiles
    private let fetched: HTTPSMSFetched

    init(settings: HTTPSMSSettings, context: HandsetContext) {
        self.settings = settings
        self.context = context
        let api = HTTPSMSAPI(settings: settings, client: context.client)
        self.api = api
        files = HTTPSMSFiles(context: context)
        fetched = HTTPSMSFetched(directory: context.directory)
        let catchUp = HTTPSMSCatchUp(api: api, context: context, fetched: fetched)
        self.catchUp = catchUp
        let look = HTTPSMSLook(api: api, clock: context.clock)
        watch = PhoneWatch(context: context, every: settings.poll, look: { await look.look() }, returned: { catchUp.hurry() })
    }

    func made(_ client: GuardedClient?) -> Made<TrunkPorts> {
        let service = HandsetService(client: client, tasks: [watch.run, { [watch] in await catchUp.run { watch.obstacle == nil } }])
        let ports = TrunkPorts(line: context.line, service: service, messages: self, health: { [watch] in watch.health })
        let route = HTTPSMSRoute(settings: settings, context: context, fetched: fetched, incomplete: { catchUp.hurry() })
        return Made(ports, routes: [route.operation])
    }
}

extension HTTPSMSTrunk: MessageTrunk {
    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        // The phone cannot tell anybody that a message was read.
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        if let reference = claim.acceptedSegments[0] { return .accepted(reference: reference) }
        if let obstacle = watch.obstacle { return .deferred(obstacle, until: .distantFuture) }
        if claim.attempt.number > 1, let outcome = await earlier(claim, journal) { return outcome }
        let outcome: Outcome
        do {
            let request = try await request(for: claim, journal)
            outcome = await JournaledPost(client: context.client, journal: journal).send(request) { HTTPSMSAnswer($0).verdict }
        } catch {
            outcome = Outcome(error)
        }
        switch outcome {
        case .inDoubt(let failure) where failure.cause == .lostAnswer: return await resolve(claim, failure, journal)
        case .deferred:
            watch.lookNow()
            return outcome
        case .accepted, .failed, .inDoubt: return outcome
        }
    }

    /// The server's list tells whether it took the message though it answered an error.
    func settle(_ claim: Claim, journal: any SendJournal) async -> Outcome? {
        guard case .message = claim.delivery.content else { return nil }
        return await earlier(claim, journal)
    }

    private func request(for claim: Claim, _ journal: any SendJournal) async throws(Failure) -> OutgoingRequest {
        let name = claim.delivery.id.description
        switch context.plan(of: claim, multimedia: .available) {
        case .refused(let failure): throw failure
        case .shortMessage(let text, let recipient): return try api.message(text, to: recipient, as: name)
        case .multimedia(let parts, let recipients):
            guard let recipient = recipients.first, recipients.count == 1 else { throw Failure(.refused, "httpSMS sends to one recipient at a time") }
            var limits = MultimediaLimits.cautious
            limits.size = settings.pictureSize
            let fitted = try await context.fitting.fit(parts, to: limits, overhead: 2048, remainder: PartFitting.Remainder(settings.links, of: claim.message))
            // What cannot be noted goes all the same: it is for the curious.
            try? await journal.fitted(fitted.flatMap(\.changes))
            let texts = [claim.message.subject].compactMap { $0 } + fitted.filter(\.isText).map { String(decoding: $0.octets, as: UTF8.self) }
            let addresses = try await files.publish(fitted.filter { !$0.isText })
            return try api.message(texts.filter { !$0.isEmpty }.joined(separator: "\n"), files: addresses, to: recipient, as: name)
        }
    }

    /// The answer was lost: whether the server has the message, it tells by our name for it.
    private func resolve(_ claim: Claim, _ failure: Failure, _ journal: any SendJournal) async -> Outcome {
        guard !Task.isCancelled, let reference = try? await listed(claim)?["id"]?.text,
            (try? await journal.accepted(segment: 0, reference: reference)) != nil
        else { return .inDoubt(failure) }
        return .accepted(reference: reference)
    }

    /// What became of an earlier attempt, which the server may have taken though it answered an error: it knows no repetition for one. Nil
    /// where it has no such message, or has given it up.
    private func earlier(_ claim: Claim, _ journal: any SendJournal) async -> Outcome? {
        do {
            guard let entry = try await listed(claim), let reference = entry["id"]?.text else { return nil }
            try await journal.willSubmit(segment: 0, of: 1)
            try await journal.accepted(segment: 0, reference: reference)
            return .accepted(reference: reference)
        } catch let failure as Failure {
            watch.lookNow()
            return .deferred(failure, until: nil)
        } catch {
            return .deferred(Failure(.unreachable, "\(error)"), until: nil)
        }
    }

    /// The message in the server's list, by our name for it; nil where it is not there. One that was given up is of an earlier attempt.
    private func listed(_ claim: Claim) async throws(Failure) -> JSON? {
        guard case .trunk(_, let recipients) = claim.delivery.destination, let recipient = recipients.first else { return nil }
        let name = claim.delivery.id.description
        return try HTTPSMSAPI.entries(of: try await api.messages(with: recipient.text)).first { $0["request_id"]?.text == name && !Self.isGivenUp($0) }
    }

    private static func isGivenUp(_ entry: JSON) -> Bool {
        guard case .report(let report)? = HTTPSMSEvent(listed: entry), case .failed = report.fate else { return false }
        return true
    }
}
