import Certificates
import Exchange
import HTTPStack
import Telephony
import Wire

/// Drives one order: carries out what the machine wants, and tells it what came of it.
struct OrderRun: Sendable {
    let client: AuthorityClient
    let settings: IssuerSettings
    let request: CertificateRequest
    let proofs: Proofs
    /// Why proofs cannot be shown by HTTP; nil where they can.
    let closedDoor: String?
    let pause: Pause
    /// Told at every new step.
    let report: @Sendable (OrderFailure.Step, String?) async -> Void

    typealias Refusal = AuthorityClient.Refusal

    /// What an order ended with.
    enum Ending: Sendable {
        case chain(String)
        /// With how long the authority wants to be left alone.
        case failure(OrderFailure, later: Duration?)
    }

    func run() async -> Ending {
        var machine = OrderMachine(kind: settings.challenge)
        var inputs: [Input<OrderMachine.Event, OrderMachine.TimerName>] = [.event(.begin)]
        var later: Duration?
        while !inputs.isEmpty {
            let outputs = machine.handle(inputs.removeFirst())
            await report(machine.step, machine.proof?.name)
            for output in outputs {
                switch output {
                case .arm(let timer, let after):
                    do { try await pause(after) } catch { inputs.append(.event(.failed(.unusable("Homeline is being stopped")))) }
                    inputs.append(.fired(timer))
                case .disarm, .finished: break
                case .effect(.succeeded(let chain)): return .chain(chain)
                case .effect(.gaveUp(let failure)): return .failure(failure, later: later)
                case .effect(let effect):
                    do throws(Refusal) {
                        if let event = try await carryOut(effect) { inputs.append(.event(event)) }
                    } catch {
                        later = error.later
                        inputs.append(.event(.failed(error.reason)))
                    }
                }
            }
        }
        return .failure(OrderFailure(step: machine.step, reason: .undecided), later: later)
    }

    private func carryOut(_ effect: OrderMachine.Effect) async throws(Refusal) -> OrderMachine.Event? {
        switch effect {
        case .readDirectory:
            _ = try await client.readDirectory()
            return .directoryRead
        case .findAccount:
            try await client.findAccount(contact: settings.contact, binding: settings.externalAccount)
            return .accountFound
        case .placeOrder: return try await placeOrder()
        case .readAuthorization(let url):
            let answer = try await client.post(nil, to: url)
            return .authorizationRead(try AuthorityClient.document(answer.body) { json throws(Misshapen) in try AuthorizationDocument(json) }, later: answer.later)
        case .show(let proof):
            if proof.kind == .http, let closedDoor { throw Refusal(reason: .cannotShow(closedDoor)) }
            guard proofs.show(proof, authorization: client.key.authorization(of: proof.token)) else {
                throw Refusal(reason: .cannotShow("a certificate for the proof cannot be made"))
            }
            return .proofShown
        case .answer(let proof):
            _ = try await client.post(.object([]), to: proof.url)
            return .challengeAnswered
        case .withdraw(let proof):
            proofs.withdraw(proof)
            return nil
        case .readOrder(let url): return try Self.order(try await client.post(nil, to: url), at: url)
        case .finalize(let order):
            let answer = try await client.post(["csr": .string(Base64URL.encode(request.octets))], to: order.finalize)
            return try Self.order(answer, at: answer.location ?? order.url)
        case .readChain(let url): return .chainRead(String(decoding: try await client.post(nil, to: url).body, as: UTF8.self))
        case .succeeded, .gaveUp: return nil
        }
    }

    /// An account that the authority has forgotten is made anew, once.
    private func placeOrder() async throws(Refusal) -> OrderMachine.Event {
        let identifiers = JSON.array(settings.names.map { ["type": ServerName.address($0) == nil ? "dns" : "ip", "value": .string(ServerName.canonical($0))] })
        var answer: AuthorityClient.Answer
        do throws(Refusal) {
            answer = try await client.placeOrder(identifiers)
        } catch {
            guard error.isUnknownAccount else { throw error }
            await client.forgetAccount()
            try await client.findAccount(contact: settings.contact, binding: settings.externalAccount)
            answer = try await client.placeOrder(identifiers)
        }
        guard let url = answer.location else { throw Refusal(reason: .misshapen("Location")) }
        return try Self.order(answer, at: url)
    }

    private static func order(_ answer: AuthorityClient.Answer, at url: WebURL) throws(Refusal) -> OrderMachine.Event {
        .orderRead(try AuthorityClient.document(answer.body) { json throws(Misshapen) in try OrderDocument(json, at: url) }, later: answer.later)
    }
}
