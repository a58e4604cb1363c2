import SIP
import Telephony

/// What a REGISTER asks for, decided against the bindings there are (RFC 3261 §10.3). Pure.
struct Registration: Sendable {
    enum Verdict: Hashable, Sendable {
        case accepted([Change])
        case refused(Status)
        /// 423 with Min-Expires.
        case tooBrief(minimum: Int)
    }

    enum Change: Hashable, Sendable {
        case save(Binding)
        case remove(DeviceID)
        /// What waits for it is given up.
        case forget(DeviceID)
    }

    /// One contact with the seconds that it asks for; zero ends its registration.
    private struct Wish {
        let uri: URI
        let seconds: Int
        let asked: Recognition.Asked
    }

    /// The limits of this registrar.
    struct Limits: Hashable, Sendable {
        var minimumExpiry = 60
        var maximumExpiry = 86400
        var defaultExpiry = 600
        /// Devices of one person; the registration that has gone longest without a refresh makes room.
        var devices = 12
        /// Octets of one Contact URI.
        var contact = 4096
    }

    let limits: Limits

    /// Whether devices that are away must be known too for a verdict: a contact has neither a name nor the address of a live binding.
    func asksWhoItIs(_ request: Request, bindings: [Binding]) -> Bool {
        guard let wishes = wishes(of: request), wishes.contains(where: { $0.asked.instance == nil }) else { return false }
        return !Recognition(bindings: bindings, records: []).knows(wishes.map(\.asked))
    }

    /// `bindings` are the person's own, live ones, `records` all of their devices where it matters; `flow` is the way the request came; `app` is the
    /// password of its own that it was proven by.
    func verdict(
        for request: Request, person: PersonID, app: AppPassword.ID? = nil, bindings: [Binding], records: [DeviceRecord] = [], flow: String, now: Instant
    ) -> Verdict {
        guard let callID = request.headers.callID, let cseq = request.headers.cseq, cseq.method == .register else { return .refused(.badRequest) }
        let contacts = request.headers.contacts
        if contacts.isEmpty {
            // None at all is a question; one that cannot be read is an error.
            return request.headers.contains(.contact) ? .refused(.badRequest) : .accepted([])
        }
        if contacts.contains(.wildcard) {
            guard contacts.count == 1, request.headers.expires == 0 else { return .refused(.badRequest) }
            return .accepted(bindings.map { .remove($0.device) })
        }
        guard contacts.count <= limits.devices else { return .refused(.forbidden) }
        guard let wishes = wishes(of: request) else { return .refused(.badRequest) }
        let recognition = Recognition(bindings: bindings, records: records)
        let devices = recognition.devices(of: wishes.map(\.asked), callID: callID, app: app)
        let saved = zip(wishes, devices).filter { $0.0.seconds > 0 }.map(\.1)
        var changes: [Change] = []
        for (wish, device) in zip(wishes, devices) {
            if let held = bindings.first(where: { $0.device == device }), held.callID == callID, Int(held.cseq) >= cseq.number {
                // A retransmission that lost its transaction, or a replay: out of order, so not done again (§10.3 step 7).
                return .refused(.serverInternalError)
            }
            if wish.seconds == 0 {
                // One that is elsewhere by the same request has moved.
                if !saved.contains(device) { changes.append(.remove(device)) }
                continue
            }
            guard wish.seconds >= limits.minimumExpiry else { return .tooBrief(minimum: limits.minimumExpiry) }
            changes.append(
                .save(
                    Binding(
                        person: person, device: device, contact: wish.uri.description, path: request.headers.path.map(\.description), flow: flow,
                        callID: callID, cseq: UInt32(clamping: cseq.number), userAgent: request.headers[.userAgent] ?? "",
                        registeredAt: now, expiresAt: now + .seconds(min(wish.seconds, limits.maximumExpiry)), password: app)))
        }
        let forgotten = recognition.crowdedOut(by: saved, limit: limits.devices)
        return .accepted(changes + crowdedOut(by: changes, from: bindings) + forgotten.map { .forget($0) })
    }

    /// Nil where one cannot be read.
    private func wishes(of request: Request) -> [Wish]? {
        var wishes: [Wish] = []
        for contact in request.headers.contacts {
            guard let uri = contact.uri, uri.isSIP, uri.description.utf8.count <= limits.contact else { return nil }
            let seconds = contact.expires ?? request.headers.expires ?? limits.defaultExpiry
            wishes.append(Wish(uri: uri, seconds: seconds, asked: Recognition.Asked(contact, uri, isRemoval: seconds == 0)))
        }
        return wishes
    }

    private func crowdedOut(by changes: [Change], from bindings: [Binding]) -> [Change] {
        guard bindings.count + changes.count > limits.devices else { return [] }
        let touched = Set(
            changes.map { change in
                switch change {
                case .save(let binding): binding.device
                case .remove(let device), .forget(let device): device
                }
            })
        let saved = changes.count { if case .save = $0 { true } else { false } }
        let others = bindings.filter { !touched.contains($0.device) }.sorted { $0.registeredAt < $1.registeredAt }
        return others.prefix(max(0, others.count + saved - limits.devices)).map { .remove($0.device) }
    }
}

extension Registration {
    /// The Contact values of the answer: every live binding with the seconds it has left.
    static func contacts(of bindings: [Binding], now: Instant) -> [String] {
        bindings.map { binding in
            let left = max(0, (binding.expiresAt - now).wholeMilliseconds / 1000)
            let instance = binding.device.isInstance ? ";+sip.instance=\"<\(binding.device)>\"" : ""
            return "<\(binding.contact)>;expires=\(left)\(instance)"
        }
    }
}
