import Exchange
import HTTPStack
import Telephony

extension VoIPms: MessageEndpoint {
    /// How long a callback that was not answered with `ok` waits, as at the service itself.
    static let callbackPause: Duration = .seconds(30 * 60)

    /// Tells one account's callback or webhook. News of what was sent has nowhere to go: these programs ask.
    func deliver(_ claim: Claim) async -> Outcome {
        guard case .message = claim.delivery.content, claim.message.direction == .incoming else { return .accepted(reference: nil) }
        guard canTellWho(claim) else { return .deferred(Failure(.unreachable, "what an app left cannot be read"), until: nil) }
        let targets = targets(of: claim)
        guard !targets.isEmpty else { return .accepted(reference: nil) }
        let view = await view(claim.message, number: claim.messageNumber)
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for target in targets { group.addTask { await self.bring(view, to: target) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return Self.whole(outcomes)
    }

    /// False while it is for an app's address and that cannot be read: not to be taken for one that has none.
    private func canTellWho(_ claim: Claim) -> Bool {
        guard settings.appCallbacks == .called, case .receiver(_, let receiver) = claim.delivery.destination,
            let account = settings.accounts.first(where: { Target.fromApp(of: $0.name) == receiver })
        else { return true }
        return notebook.isReadable(of: account.name)
    }

    /// The one that it is for; all of the line where it was planned before each had a queue of its own. None where there is no such one any more.
    private func targets(of claim: Claim) -> [Target] {
        let all = all(for: claim.message.line)
        guard case .receiver(_, let receiver) = claim.delivery.destination else { return all }
        return all.filter { $0.receiver == receiver }
    }

    /// What the settings name, then what apps left with `setSMS`, where those are called at all.
    func all(for line: LineID) -> [Target] {
        settings.accounts.filter { $0.lines.contains(line) }.flatMap { account -> [Target] in
            guard settings.appCallbacks == .called, let notes = notebook.notes(of: account.name).lines[line], notes.isCallbackEnabled,
                isOfPresentPassword(notes, account), let template = CallbackTemplate(notes.callback)
            else { return account.targets }
            return account.targets + [Target(ofAppOf: account.name, template, persistence: notes.isCallbackRetried ? .untilTaken : .once)]
        }
    }

    private func bring(_ view: MessageView, to target: Target) async -> Outcome {
        let made = await tell(target, view)
        targets.note(made, of: target)
        switch (made, target.persistence) {
        case (.taken, _), (.away, .once), (.unanswered, .once): return .accepted(reference: nil)
        case (.refused(let failure), _): return .failed(failure)
        case (.away(let failure), .untilTaken), (.unanswered(let failure), .untilTaken):
            // A webhook waits for the usual pauses, which are shorter.
            guard case .callback = target.form else { return .deferred(failure, until: nil) }
            return .deferred(failure, until: context.mint.now() + Self.callbackPause)
        }
    }

    /// Of several that one delivery is for: made again while any waits.
    private static func whole(_ outcomes: [Outcome]) -> Outcome {
        if let waiting = outcomes.first(where: { if case .deferred = $0 { true } else { false } }) { return waiting }
        return outcomes.first { $0 != .accepted(reference: nil) } ?? .accepted(reference: nil)
    }

    private func tell(_ target: Target, _ view: MessageView) async -> TargetOutcome {
        let client = target.isFromApp ? appClient : client
        do throws(Failure) {
            switch target.form {
            case .callback(let template):
                guard let url = template.url(view.callback) else { return .refused(Failure(.refused, "no address comes of the template")) }
                let request = OutgoingRequest(
                    .get, url, headers: [("User-Agent", "Homeline")], timeout: settings.timeout, answerBody: .whole(limit: 4096))
                return TargetOutcome(callback: try await client.send(request))
            case .webhook(let url):
                let request = OutgoingRequest(
                    .post, url, headers: [("Content-Type", "application/json"), ("User-Agent", "Homeline")], body: view.envelope.json.encoded,
                    timeout: settings.timeout, answerBody: .none)
                return TargetOutcome(webhook: try await client.send(request))
            }
        } catch {
            // A callback is called until it says ok, and a page that is too long to be read has not.
            if case .callback = target.form { return .away(error) }
            return error.disposition == .retry || error.disposition == .inDoubt ? .away(error) : .refused(error)
        }
    }
}
