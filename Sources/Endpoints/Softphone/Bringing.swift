import Exchange
import SIP
import Telephony

/// Brings the pieces of a claim in their order, and remembers between tries how far that came.
struct Bringing: Sendable {
    let forms = AppForms()
    let brought = BroughtPieces()

    /// The delivery is made when the last piece is taken. One that was begun in a form goes on in it, whatever its app has shown since: in
    /// another form there are other pieces under the same Call-IDs, of which the app would throw away what it takes for a copy.
    func bring(
        _ claim: Claim, to binding: Binding, pieces render: (FileForm) -> [Piece], send: (Request) async -> Outcome
    ) async -> Outcome {
        let id = claim.delivery.id
        var progress = brought.progress(of: id) ?? BroughtPieces.Progress(form: forms.form(for: binding))
        let pieces = render(progress.form)
        for piece in pieces.dropFirst(progress.count) {
            let outcome = await bring(piece, to: binding, send)
            guard case .accepted = outcome else {
                if case .deferred = outcome, pieces.count > 1 { brought.note(progress, of: id) } else { brought.forget(id) }
                return outcome
            }
            progress.count += 1
        }
        brought.forget(id)
        return .accepted(reference: pieces.first?.request.headers.callID)
    }

    private func bring(_ piece: Piece, to binding: Binding, _ send: (Request) async -> Outcome) async -> Outcome {
        let outcome = await send(piece.request)
        guard case .failed(let failure) = outcome, Self.refusals.contains(failure.cause) else { return outcome }
        switch piece.otherwise {
        case .refused: return outcome
        // An app without ticks is told in words where it matters, and not at all where it does not.
        case .nothing: return .accepted(reference: nil)
        case .words(let request):
            if piece.request.headers.contentType != .imdn { forms.note(.link, of: binding.person, binding.device) }
            return await send(request)
        }
    }

    /// That it knows no such messages.
    private static let refusals: [Cause] = [.sip(415), .sip(488), .sip(406)]
}
