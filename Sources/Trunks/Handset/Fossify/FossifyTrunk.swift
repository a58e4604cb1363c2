import Exchange
import HTTPStack
import Kinds
import Messaging
import Telephony

/// A phone that sends one text or picture a request, and posts to us what it receives.
struct FossifyTrunk: Sendable {
    let settings: FossifySettings
    let context: HandsetContext
    let watch: PhoneWatch

    init(settings: FossifySettings, context: HandsetContext) {
        self.settings = settings
        self.context = context
        let look = FossifyHealth(settings: settings, client: context.client)
        watch = PhoneWatch(context: context, every: settings.poll) { await look.look() }
    }

    func made(_ client: GuardedClient?) -> Made<TrunkPorts> {
        let service = HandsetService(client: client, tasks: [watch.run])
        let ports = TrunkPorts(line: context.line, service: service, messages: self, health: { [watch] in watch.health })
        let route = FossifyRoute(settings: settings, context: context, heard: { [watch] in if watch.obstacle != nil { watch.lookNow() } })
        return Made(ports, routes: [route.operation])
    }
}

extension FossifyTrunk: MessageTrunk {
    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        // The phone cannot tell anybody that a message was read.
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        if let reference = claim.acceptedSegments[0] { return .accepted(reference: reference) }
        if let obstacle = watch.obstacle { return .deferred(obstacle, until: .distantFuture) }
        let outcome: Outcome
        do {
            let request = try await request(for: claim, journal)
            outcome = await JournaledPost(client: context.client, journal: journal).send(request) { FossifyAnswer($0).verdict }
        } catch {
            outcome = Outcome(error)
        }
        if case .deferred = outcome { watch.lookNow() }
        return outcome
    }

    private func request(for claim: Claim, _ journal: any SendJournal) async throws(Failure) -> OutgoingRequest {
        switch context.plan(of: claim, multimedia: .available) {
        case .refused(let failure): throw failure
        case .shortMessage(let text, let recipient):
            return try post(FossifyRequest(to: recipient, text: text))
        case .multimedia(let parts, let recipients):
            guard let recipient = recipients.first, recipients.count == 1 else { throw Failure(.refused, "the phone sends to one recipient at a time") }
            let fitted = try await context.fitting.fit(parts, to: limits, overhead: FossifyRequest.overhead, remainder: PartFitting.Remainder(settings.links, of: claim.message))
            // What cannot be noted goes all the same: it is for the curious.
            try? await journal.fitted(fitted.flatMap(\.changes))
            return try post(FossifyRequest(to: recipient, fitted, subject: claim.message.subject))
        }
    }

    private var limits: MultimediaLimits {
        var limits = MultimediaLimits.cautious
        limits.size = settings.pictureSize
        return limits
    }

    private func post(_ body: FossifyRequest) throws(Failure) -> OutgoingRequest {
        guard let url = settings.url.below(body.path) else { throw Failure(.refused, "the phone's URL is too long") }
        return OutgoingRequest(
            .post, url, headers: [("Authorization", "Bearer \(settings.token)"), ("Content-Type", "application/json")], body: body.json.encoded,
            timeout: body.timeout, repetition: .costly)
    }
}
