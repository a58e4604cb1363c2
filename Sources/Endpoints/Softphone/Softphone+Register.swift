import Exchange
import SIP
import SIPStack
import Telephony

extension Softphone {
    /// REGISTER (RFC 3261 §10.3): the answer goes out when new bindings are durable, and what waited for the device is due.
    nonisolated(nonsending) func register(_ incoming: IncomingRequest) async -> Response {
        let person: Person, app: AppPassword.ID?
        switch await prove(incoming) {
        case .failure(let refusal): return refusal.response
        case .success(let found): (person, app) = found
        }
        let request = incoming.request
        guard let to = request.headers.to?.uri, uris.user(of: to) == person.id.name else {
            return incoming.response(.forbidden, reason: "To is not your account")
        }
        let now = context.mint.now(), flow = incoming.flow.description
        var held = directory.bindings(of: person.id, now: now)
        var records: [DeviceRecord] = []
        do {
            if registration.asksWhoItIs(request, bindings: held) {
                records = try await context.ledger.deviceRecords(of: person.id)
                // Who came meanwhile is not away, and makes no room.
                held = directory.bindings(of: person.id, now: now)
            }
        } catch {
            return unstored(incoming, person.id, error)
        }
        switch registration.verdict(for: request, person: person.id, app: app, bindings: held, records: records, flow: flow, now: now) {
        case .refused(let status):
            return incoming.response(status)
        case .tooBrief(let minimum):
            var response = incoming.response(.intervalTooBrief)
            response.headers.minExpires = minimum
            return response
        case .accepted(let changes):
            note(request.headers.accept.map(\.mediaType), of: person.id, changes)
            do {
                try await directory.apply(changes, to: person.id, now: now)
                guard stillProven(person, by: app) != nil else {
                    try await directory.apply(changes.compactMap(\.undoing), to: person.id, now: now)
                    return incoming.response(.forbidden, reason: Self.passwordWasChanged)
                }
                try await bringWhatWaited(for: person.id, changes)
            } catch {
                return unstored(incoming, person.id, error)
            }
            // An app over a connection need not say a word before it registers again, and is not reached by another way.
            if !changes.isEmpty, incoming.flow.transport != .udp { await incoming.keepConnection(for: directory.timeLeft(over: flow, now: now)) }
            return confirmation(of: incoming, person: person.id, now: now)
        }
    }

    static let passwordWasChanged = "Your password was changed"

    /// Who proved themselves a while ago, as they are known now; nil where the password that they did it by is none any more. It can be changed while
    /// a registration by it is being stored, and that one is not among those which the change ends.
    func stillProven(_ person: Person, by app: AppPassword.ID?) -> Person? {
        guard let known = directory.person(person.id) else { return nil }
        guard let app else { return known.credentials == person.credentials ? known : nil }
        return known.apps.contains { $0.id == app } ? known : nil
    }

    private func unstored(_ incoming: IncomingRequest, _ person: PersonID, _ error: LedgerError) -> Response {
        log.warning("a registration could not be stored: \(error)", metadata: ["person": "\(person)"])
        return incoming.response(.serviceUnavailable)
    }

    private func note(_ accepted: [String], of person: PersonID, _ changes: [Registration.Change]) {
        guard let form = FileForm(accepted: accepted) else { return }
        for case .save(let binding) in changes { bringing.forms.note(form, of: person, binding.device) }
    }

    /// What was begun while the registration was being stored, and did not find it, is as overdue as what waited: hence the time that it is now.
    nonisolated(nonsending) func bringWhatWaited(for person: PersonID, _ changes: [Registration.Change]) async throws(LedgerError) {
        for case .save(let binding) in changes where !directory.isServed(person, binding.device) {
            // Before it is looked for: what is put off meanwhile is looked for again.
            directory.noteServed(person, binding.device)
            do {
                try await context.ledger.expedite(endpoint: context.id, person: person, device: binding.device, now: context.mint.now())
            } catch {
                directory.noteWaiting(person, binding.device)
                throw error
            }
            context.workers.ring([.endpoint(context.id)])
        }
    }

    private func confirmation(of incoming: IncomingRequest, person: PersonID, now: Instant) -> Response {
        var response = incoming.response(.ok)
        for contact in Registration.contacts(of: directory.bindings(of: person, now: now), now: now) {
            response.headers.append(.contact, contact)
        }
        for path in incoming.request.headers.values(.path) { response.headers.append(.path, path) }
        if !incoming.request.headers.contains(.contact) { return response }
        response.headers.set(.date, CivilDate(now).rfc1123)
        return response
    }
}

extension Registration.Change {
    fileprivate var undoing: Registration.Change? {
        switch self {
        case .save(let binding): .remove(binding.device)
        case .remove, .forget: nil
        }
    }
}
