import Exchange
import SIP
import SIPStack
import Telephony

extension Softphone: MessageEndpoint {
    /// Brings one message to one device. A device that is away is not tried again before it registers.
    func deliver(_ claim: Claim) async -> Outcome {
        guard await isServing() else { return .deferred(Failure(.unreachable, "SIP is not served yet"), until: nil) }
        let now = context.mint.now()
        guard case .device(_, let person, let device) = claim.delivery.destination else { return .failed(Failure(.refused, "not for a device")) }
        guard let device, let binding = directory.binding(person, device, now: now) else {
            directory.noteWaiting(person, device)
            return .deferred(Failure(.notRegistered), until: .distantFuture)
        }
        guard let contact = try? URI(decoding: binding.contact) else { return .failed(Failure(.refused, "the contact cannot be read")) }
        let outcome = await bring(claim, to: binding, contact: contact)
        if case .deferred = outcome { directory.noteWaiting(person, device) }
        // Who registered again while being tried is elsewhere now: that is where to try next, at once.
        guard case .deferred(let failure, _) = outcome, directory.binding(person, device, now: context.mint.now()) != binding else { return outcome }
        return .deferred(failure, until: context.mint.now())
    }

    /// After a start the deliveries that were left may be claimed before there are sockets. A device that cannot be reached then is not
    /// away, and would not register again for us. False when the wait is cut short.
    private func isServing() async -> Bool {
        while await agent.listening.isEmpty {
            do { try await context.pause(Self.startPause) } catch { return false }
        }
        return true
    }

    private func bring(_ claim: Claim, to binding: Binding, contact: URI) async -> Outcome {
        let target: SIPStack.Destination = Flow(binding.flow).map(SIPStack.Destination.flow) ?? .uri(contact)
        let renderer = await renderer(for: claim, binding.person)
        return await bringing.bring(claim, to: binding) { form in
            renderer.pieces(for: claim, to: binding, contact: contact, form: form)
        } send: { request in
            await send(request, to: target)
        }
    }

    /// Who has a name in the person's address book is shown by it.
    private func renderer(for claim: Claim, _ person: PersonID) async -> MessageRenderer {
        guard let contacts = context.contacts else { return renderer }
        var named = renderer
        let message = claim.message
        named.names = (try? await contacts.names(of: message.participants + [message.sender].compactMap(\.self), for: person)) ?? [:]
        return named
    }

    private func send(_ request: Request, to target: SIPStack.Destination) async -> Outcome {
        do {
            let response = try await agent.send(request, to: target, timeout: Self.deliveryTimeout)
            if response.status.isSuccess { return .accepted(reference: request.headers.callID) }
            let failure = Failure(.sip(response.status.code), response.reason)
            return failure.disposition == .retry ? .deferred(failure, until: wait(askedBy: response)) : .failed(failure)
        } catch {
            switch error {
            case .flowGone: return .deferred(Failure(.notRegistered, "its connection is closed"), until: .distantFuture)
            // Never over this way, and nothing else is to wait for it; another app of the person may have it.
            case .tooLarge: return .failed(Failure(.refused, "too long for an app that is registered over UDP"))
            case .timeout: return .deferred(Failure(.timeout), until: nil)
            case .unreachable(let detail), .refused(let detail): return .deferred(Failure(.unreachable, detail), until: nil)
            case .transport, .cancelled: return .deferred(Failure(.unreachable), until: nil)
            }
        }
    }

    /// When a device that says so wants to be tried again, within reason; nil leaves it to the policy.
    private func wait(askedBy response: Response) -> Instant? {
        guard let seconds = response.headers.retryAfter, seconds > Self.shortestWait else { return nil }
        return context.mint.now() + .seconds(min(seconds, Self.longestWait))
    }

    private static let shortestWait = 5
    private static let longestWait = 600
}
