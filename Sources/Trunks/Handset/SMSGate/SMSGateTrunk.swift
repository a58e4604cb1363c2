import Exchange
import HTTPStack
import Kinds
import Messaging
import SMS
import Telephony

/// A phone with the app SMS Gate, on one of its SIMs. It sends texts and data SMS, and receives pictures as well.
struct SMSGateTrunk: Sendable {
    let settings: SMSGateSettings
    let context: HandsetContext
    let watch: PhoneWatch
    let catchUp: SMSGateCatchUp
    private let api: SMSGateAPI
    private let pictures = SMSGateWaitingPictures()

    init(settings: SMSGateSettings, context: HandsetContext) {
        self.settings = settings
        self.context = context
        api = SMSGateAPI(settings: settings, client: context.client)
        let look = SMSGateLook(api: api, context: context)
        let catchUp = SMSGateCatchUp(api: api, context: context, areHooksInPlace: { look.areInPlace })
        self.catchUp = catchUp
        let pictures = pictures
        watch = PhoneWatch(
            context: context, every: settings.poll,
            look: {
                for sender in pictures.overdue(at: context.mint.now()) { await Self.tellOwner(context, ofPictureFrom: sender) }
                return await look.look()
            }, returned: { catchUp.hurry() })
    }

    func made(_ client: GuardedClient?) -> Made<TrunkPorts> {
        let service = HandsetService(client: client, tasks: [watch.run, { [watch] in await catchUp.run { watch.obstacle == nil } }])
        // The app knows a message that comes again by its name: what a dead process left is gone on with, and is no doubt.
        let ports = TrunkPorts(line: context.line, service: service, messages: self, repetition: .harmless, health: { [watch] in watch.health })
        let route = SMSGateRoute(settings: settings, context: context, pictures: pictures, started: { [watch, catchUp] in
            watch.lookNow()
            catchUp.hurry()
        })
        return Made(ports, routes: [route.operation])
    }

    private static func tellOwner(_ context: HandsetContext, ofPictureFrom sender: String) async {
        await context.notices.tell(
            context.line, topic: "handset.picture.\(sender)",
            "A picture message from \(sender.harmlessLine) waits at the carrier, and the phone does not fetch it. Have its messaging app fetch pictures by itself.")
    }
}

extension SMSGateTrunk: MessageTrunk {
    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        // The phone cannot tell anybody that a message was read.
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        // One name for all its segments: a message that was taken was taken whole.
        if let reference = claim.acceptedSegments.first?.value { return .accepted(reference: reference) }
        if let obstacle = watch.obstacle { return .deferred(obstacle, until: .distantFuture) }
        let outcome: Outcome
        do {
            let (content, recipient) = try await content(of: claim)
            outcome = await send(content, to: recipient, claim, journal)
        } catch {
            outcome = Outcome(error)
        }
        if case .deferred = outcome { watch.lookNow() }
        return outcome
    }

    private func content(of claim: Claim) async throws(Failure) -> (SMSGateContent, Telephony.Address) {
        switch context.plan(of: claim, multimedia: settings.dataPort == nil ? .missing : .available) {
        case .refused(let failure): throw failure
        case .shortMessage(let text, let recipient): return (.text(text), recipient)
        case .multimedia(let parts, let recipients):
            guard let port = settings.dataPort, let part = parts.first, parts.count == 1, part.text == nil, part.size <= SMSGateContent.dataLimit,
                let recipient = recipients.first, recipients.count == 1, recipient.isDialable, claim.message.subject == nil
            else { throw Failure(.refused, "the phone sends texts, and files of up to \(SMSGateContent.dataLimit) octets alone to one number") }
            return (.data(try await octets(of: part), port: port), recipient)
        }
    }

    private func octets(of part: Part) async throws(Failure) -> [UInt8] {
        switch part.content {
        case .inline(let octets): return octets
        case .stored(let media):
            do {
                return try await context.media.read(media, from: 0, count: media.size)
            } catch {
                throw Failure(.unreachable, "\(error)")
            }
        }
    }

    private func send(_ content: SMSGateContent, to recipient: Telephony.Address, _ claim: Claim, _ journal: any SendJournal) async -> Outcome {
        let reference = SMSGateReference(claim.delivery.id, segments: content.segments, sim: settings.sim)
        let life = (claim.delivery.expires - context.mint.now()).components.seconds
        do {
            let request = try api.message(content, to: recipient, as: reference, seconds: life)
            let post = JournaledPost(client: context.client, journal: journal)
            return await post.send(request, segments: reference.segments) { SMSGateAnswer($0, reference).verdict }
        } catch {
            return Outcome(error)
        }
    }
}
