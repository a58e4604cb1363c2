import HTTPStack
import Wire

/// One order for a certificate, from the directory to the chain (RFC 8555 §7). Pure: whoever drives it makes the requests.
struct OrderMachine: StateMachine {
    enum Event: Hashable, Sendable {
        case begin
        case directoryRead
        case accountFound
        case orderRead(OrderDocument, later: Duration? = nil)
        case authorizationRead(AuthorizationDocument, later: Duration? = nil)
        case proofShown
        case challengeAnswered
        case chainRead(String)
        case failed(OrderFailure.Reason)
    }

    enum Effect: Hashable, Sendable {
        case readDirectory
        case findAccount
        case placeOrder
        case readAuthorization(WebURL)
        case show(Proof)
        case answer(Proof)
        case withdraw(Proof)
        case readOrder(WebURL)
        case finalize(OrderDocument)
        case readChain(WebURL)
        case succeeded(chain: String)
        case gaveUp(OrderFailure)
    }

    enum TimerName: Hashable, Sendable { case poll }

    /// Authorizations still to be had, the present one first.
    struct Remaining: Hashable, Sendable {
        let order: WebURL
        let authorizations: [WebURL]

        var rest: Remaining { Remaining(order: order, authorizations: Array(authorizations.dropFirst())) }
    }

    enum State: Hashable, Sendable {
        case idle
        case readingDirectory, findingAccount, placingOrder
        case readingAuthorization(Remaining)
        case showing(Remaining, Proof)
        case answering(Remaining, Proof)
        /// The authority validates; until the timer.
        case waiting(Remaining, Proof, polls: Int)
        case looking(Remaining, Proof, polls: Int)
        case finalizing(polls: Int)
        /// The authority makes it; until the timer.
        case waitingForOrder(WebURL, polls: Int)
        case readingOrder(WebURL, polls: Int)
        case readingChain
        case ended
    }

    typealias Outputs = [Output<Effect, TimerName>]

    let kind: ChallengeKind
    private(set) var state = State.idle

    init(kind: ChallengeKind) { self.kind = kind }

    mutating func handle(_ input: Input<Event, TimerName>) -> Outputs {
        switch (state, input) {
        case (.idle, .event(.begin)): go(.readingDirectory, .readDirectory)
        case (.readingDirectory, .event(.directoryRead)): go(.findingAccount, .findAccount)
        case (.findingAccount, .event(.accountFound)): go(.placingOrder, .placeOrder)
        case (.placingOrder, .event(.orderRead(let order, let later))):
            order.status == .pending ? prove(Remaining(order: order.url, authorizations: order.authorizations)) : follow(order, polls: 0, later)
        case (.readingAuthorization(let remaining), .event(.authorizationRead(let authorization, _))): consider(authorization, remaining)
        case (.showing(let remaining, let proof), .event(.proofShown)): go(.answering(remaining, proof), .answer(proof))
        case (.answering(let remaining, let proof), .event(.challengeAnswered)): wait(.waiting(remaining, proof, polls: 0), polls: 0, nil)
        case (.waiting(let remaining, let proof, let polls), .fired(.poll)):
            remaining.authorizations.first.map { go(.looking(remaining, proof, polls: polls + 1), .readAuthorization($0)) } ?? []
        case (.looking(let remaining, let proof, let polls), .event(.authorizationRead(let authorization, let later))):
            judge(authorization, remaining, proof, polls, later)
        case (.finalizing(let polls), .event(.orderRead(let order, let later))): follow(order, polls: polls, later)
        case (.waitingForOrder(let url, let polls), .fired(.poll)): go(.readingOrder(url, polls: polls + 1), .readOrder(url))
        case (.readingOrder(_, let polls), .event(.orderRead(let order, let later))): follow(order, polls: polls, later)
        case (.readingChain, .event(.chainRead(let chain))): end(.succeeded(chain: chain))
        case (.ended, _): []
        case (_, .event(.failed(let reason))): giveUp(reason)
        // An answer that nobody waits for, a timer that was overtaken.
        case _: []
        }
    }

    /// Where it is: what a failure now would be a failure of.
    var step: OrderFailure.Step {
        switch state {
        case .idle, .readingDirectory: .directory
        case .findingAccount: .account
        case .placingOrder: .order
        case .readingAuthorization: .authorization
        case .showing: .proof
        case .answering, .waiting, .looking: .validation
        case .finalizing: .finalization
        case .waitingForOrder, .readingOrder: .issuance
        case .readingChain, .ended: .download
        }
    }

    /// The proof that is in its place, or about to be.
    var proof: Proof? {
        switch state {
        case .showing(_, let proof), .answering(_, let proof), .waiting(_, let proof, _), .looking(_, let proof, _): proof
        case .idle, .readingDirectory, .findingAccount, .placingOrder, .readingAuthorization, .finalizing, .waitingForOrder, .readingOrder, .readingChain, .ended: nil
        }
    }

    // MARK: What follows

    private mutating func go(_ next: State, _ effect: Effect) -> Outputs {
        state = next
        return [.effect(effect)]
    }

    /// The next name, or on to the order when all are proven.
    private mutating func prove(_ remaining: Remaining) -> Outputs {
        guard let next = remaining.authorizations.first else { return go(.readingOrder(remaining.order, polls: 0), .readOrder(remaining.order)) }
        return go(.readingAuthorization(remaining), .readAuthorization(next))
    }

    private mutating func consider(_ authorization: AuthorizationDocument, _ remaining: Remaining) -> Outputs {
        switch authorization.status {
        // Proven for an earlier order, and still good.
        case .valid: return prove(remaining.rest)
        case .pending: break
        case .invalid, .deactivated, .expired, .revoked: return giveUp(authorization.refusal, about: authorization.name)
        }
        guard let challenge = authorization.challenges.first(where: { $0.type == kind.rawValue }) else {
            return giveUp(.notOffered(kind, offered: authorization.challenges.map(\.type)), about: authorization.name)
        }
        guard challenge.hasToken else { return giveUp(.misshapen("token"), about: authorization.name) }
        let proof = Proof(kind: kind, name: authorization.name, token: challenge.token, url: challenge.url)
        return go(.showing(remaining, proof), .show(proof))
    }

    private mutating func judge(
        _ authorization: AuthorizationDocument, _ remaining: Remaining, _ proof: Proof, _ polls: Int, _ later: Duration?
    ) -> Outputs {
        switch authorization.status {
        case .valid: return [.effect(.withdraw(proof))] + prove(remaining.rest)
        case .pending: return wait(.waiting(remaining, proof, polls: polls), polls: polls, later)
        case .invalid, .deactivated, .expired, .revoked: return giveUp(authorization.refusal)
        }
    }

    private mutating func follow(_ order: OrderDocument, polls: Int, _ later: Duration?) -> Outputs {
        switch order.status {
        case .pending, .processing: return wait(.waitingForOrder(order.url, polls: polls), polls: polls, later)
        case .ready:
            guard polls < Self.patience else { return giveUp(.undecided) }
            return go(.finalizing(polls: polls + 1), .finalize(order))
        case .valid: return order.certificate.map { go(.readingChain, .readChain($0)) } ?? giveUp(.misshapen("certificate"))
        case .invalid: return giveUp(order.error.map { .problem($0) } ?? .withoutReason(order.status.rawValue))
        }
    }

    /// Looks that are taken before an authority is given up for this time: some minutes.
    static let patience = 40

    private mutating func wait(_ next: State, polls: Int, _ later: Duration?) -> Outputs {
        guard polls < Self.patience else { return giveUp(.undecided) }
        state = next
        return [.arm(.poll, after: max(.seconds(min(1 + polls, 10)), min(later ?? .zero, .seconds(60))))]
    }

    private mutating func giveUp(_ reason: OrderFailure.Reason, about name: String? = nil) -> Outputs {
        let failure = OrderFailure(step: step, name: name ?? proof?.name, reason: reason)
        let shown = proof
        return (shown.map { [.effect(.withdraw($0))] } ?? []) + end(.gaveUp(failure))
    }

    private mutating func end(_ effect: Effect) -> Outputs {
        state = .ended
        return [.effect(effect), .finished]
    }
}

extension AuthorizationDocument {
    /// Why it is no good, as far as it says.
    fileprivate var refusal: OrderFailure.Reason {
        challenges.lazy.compactMap(\.error).first.map { .problem($0) } ?? .withoutReason(status.rawValue)
    }
}
