import Exchange
import Runtime
import SMS
import Spooling
import Telephony

extension SpoolEndpoint: MessageEndpoint {
    /// Writes the files of what came, each once however often it is asked to, and tells the owner's program.
    func deliver(_ claim: Claim) async -> Outcome {
        await turns.take { await self.deliverInTurn(claim) } ?? .deferred(Failure(.unreachable), until: nil)
    }

    private func deliverInTurn(_ claim: Claim) async -> Outcome {
        do throws(FolderError) {
            switch claim.delivery.content {
            case .message where claim.message.direction == .incoming: try await bring(claim)
            case .status(let notice) where claim.message.origin?.endpoint == context.id: try await report(notice, claim)
            case .message, .status, .readReport: break
            }
            return .accepted(reference: nil)
        } catch {
            return .deferred(Failure(.unreachable, error.sentence), until: nil)
        }
    }

    private func bring(_ claim: Claim) async throws(FolderError) {
        guard let text = text(of: claim) else { return }
        let key = claim.delivery.id.description
        if try arrivals.names(of: key) == nil {
            let files = standIn.files(of: text, isTaken: layout.incoming.has)
            try arrivals.put(files.map { ($0.name, $0.octets) }, as: key)
        }
        bell?()
        guard let program, !told.has(key) else { return }
        let names = try arrivals.names(of: key) ?? []
        let call = standIn.call(text, names, in: layout.incoming.path)
        await program.run(call.arguments, call.variables)
        try told.write(key, [])
    }

    private func report(_ notice: StatusNotice, _ claim: Claim) async throws(FolderError) {
        guard let reports, let report = report(of: notice, claim), let file = standIn.report(report, isTaken: reports.folder.has) else { return }
        let key = claim.delivery.id.description
        try reports.put([(file.name, file.octets)], as: key)
        guard let program, !told.has(key), let call = standIn.call(report, file.name, in: reports.folder.path) else { return }
        await program.run(call.arguments, call.variables)
        try told.write(key, [])
    }

    private func text(of claim: Claim) -> BroughtText? {
        let message = claim.message
        let text = message.spoken
        let reference = UInt8(truncatingIfNeeded: claim.messageNumber)
        guard let received = clock(message.recordedAt), let sent = clock(message.sentAt ?? message.recordedAt) else { return nil }
        let plan = try? Segmentation.plan(text, reference: .short(reference))
        return BroughtText(
            sender: message.sender?.text ?? "", text: text, segments: plan?.segments.map(\.text) ?? [text], alphabet: plan?.alphabet ?? .ucs2,
            reference: reference, presentation: message.presentation, sent: sent, received: received, tag: String(claim.delivery.id.description.suffix(6)))
    }

    private func report(of notice: StatusNotice, _ claim: Claim) -> BroughtReport? {
        let (recipient, fate): (Telephony.Address, BroughtReport.Fate)
        switch notice {
        case .delivered(let address, _): (recipient, fate) = (address, .delivered)
        case .failed(let address, let failure): (recipient, fate) = (address, .failed(failure.sentence))
        case .read, .inDoubt: return nil
        }
        guard let now = clock(context.mint.now()) else { return nil }
        return BroughtReport(
            recipient: recipient.text, fate: fate, reference: Self.reference(of: claim.message.id), at: now,
            tag: String(claim.delivery.id.description.suffix(6)))
    }
}

extension Message {
    /// Its texts, its heading, and a word for each file: files of a spool hold text alone.
    fileprivate var spoken: String {
        let heading = subject.map { [$0] } ?? []
        let lines = parts.map { part in part.text ?? "[\(part.mediaType)\(part.name.map { " \($0)" } ?? ""), \((part.size + 1023) / 1024) kB]" }
        return (heading + lines).joined(separator: "\n")
    }
}
