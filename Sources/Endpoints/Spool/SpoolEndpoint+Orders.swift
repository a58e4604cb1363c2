import Exchange
import Runtime
import Spooling
import Telephony

extension SpoolEndpoint: Service {
    /// Looks at the folder of what is to be sent again and again.
    func run() async throws {
        var desk = OrderDesk(stillness: Stillness(stillness))
        var tidied: Instant?
        while !Task.isCancelled {
            let now = context.mint.now()
            // A clock that was set back starts the day anew.
            if tidied.map({ now < $0 || now >= $0 + .seconds(86_400) }) ?? true {
                forgetOld()
                tidied = now
            }
            await round(&desk)
            do { try await context.pause(interval) } catch { return }
        }
    }

    /// What is noted of each text, so that it is written and told once.
    func forgetOld() {
        let before = (context.mint.now() - .seconds(Self.memory)).milliseconds &* 1_000_000
        try? arrivals.forget(before: before)
        try? reports?.forget(before: before)
        try? told.removeFiles(before: before)
    }

    /// Seconds that notes on what came are kept: longer than any delivery lasts.
    private static let memory: Int64 = 90 * 86_400
    private static let sizeLimit = 1 << 20

    /// What is known of the files that lie there.
    struct OrderDesk {
        var stillness: Stillness
        /// Those that are recorded, and as which message.
        var submitted: [FolderFile: MessageID] = [:]
        private var rounds: UInt64 = 0

        init(stillness: Stillness) { self.stillness = stillness }

        /// Those whose end is asked for in this round: where many wait, a share of them.
        mutating func due() -> [FolderFile: MessageID] {
            rounds &+= 1
            let shares = UInt64(submitted.count / 500 + 1)
            return submitted.filter { $0.key.node % shares == rounds % shares }
        }
    }

    func round(_ desk: inout OrderDesk) async {
        do {
            let files = try layout.outgoing.files(where: standIn.isOrder)
            note(layout.all.lazy.compactMap(\.trouble).first ?? arrivals.trouble)
            let still = desk.stillness.still(files, now: .now)
            desk.submitted = desk.submitted.filter { still.contains($0.key) }
            // What belongs to the last one may lie behind it.
            let last = files.count < Folder.entryLimit ? nil : files.last
            try await submit(files.filter { still.contains($0) && desk.submitted[$0] == nil }, upTo: last, &desk)
            try await settle(&desk)
        } catch let error as FolderError {
            note(error.sentence)
        } catch {
            // The ledger takes nothing now; the files stay.
        }
    }

    private func submit(_ files: [FolderFile], upTo last: FolderFile?, _ desk: inout OrderDesk) async throws {
        var readable: [StandInFile] = []
        for file in files {
            do {
                readable.append(StandInFile(name: file.name, octets: try layout.outgoing.read(file.name, limit: Self.sizeLimit)))
            } catch where error.isTooLarge {
                do { try layout.outgoing.move(file.name, to: layout.failed, as: file.name) } catch { note(error.sentence) }
            } catch {
                note(error.sentence)
            }
        }
        let byName = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        for order in standIn.orders(in: readable) where !order.files.contains(where: { $0 == last?.name }) {
            guard !Task.isCancelled else { return }
            do {
                try await carryOut(order, order.files.compactMap { byName[$0] }, &desk)
            } catch let error as FolderError {
                // One that cannot be moved holds up no other.
                note(error.sentence)
            } catch is SubmissionError {
                // There is no room for another one now; the files stay.
                return
            }
        }
    }

    private func carryOut(_ order: SpoolOrder, _ files: [FolderFile], _ desk: inout OrderDesk) async throws {
        switch order.content {
        case .text(let text, let recipient): try await submit(text, to: recipient, files, &desk)
        case .incomplete(let text, let recipient):
            let last = Instant(milliseconds: (files.map(\.modified).max() ?? 0) / 1_000_000)
            if context.mint.now() - last > Self.patience { try await submit(text, to: recipient, files, &desk) }
        case .refused(let reason): try await close(files, failed: reason)
        }
    }

    /// How long the rest of a long text is waited for.
    private static let patience: Duration = .seconds(900)

    private func submit(_ text: String, to recipient: String, _ files: [FolderFile], _ desk: inout OrderDesk) async throws {
        // A file that is there again under the same name is another one; the same file after a crash is not.
        let key = files.map(\.mark).joined(separator: ",")
        do {
            let address = try context.submissions.address(recipient, line: line)
            let outcome = try await context.submissions.submit(
                Submission(
                    line: line, sender: nil, recipients: [address], parts: [.text(text)], idempotencyKey: key,
                    origin: Origin(endpoint: context.id, person: nil, reference: key)))
            if layout.sent == nil {
                for file in files { try layout.outgoing.remove(file.name) }
            } else {
                for file in files { desk.submitted[file] = outcome.message }
            }
        } catch let error as SubmissionError {
            switch error {
            case .ledger, .queueFull: throw error
            case .unknownLine, .noRecipients, .badRecipient, .empty, .tooLarge, .refused: try await close(files, failed: error.description)
            }
        }
    }

    /// Moves what was sent or given up to where it belongs; what is in doubt stays until somebody has decided.
    private func settle(_ desk: inout OrderDesk) async throws {
        for (file, message) in desk.due() {
            do {
                if try await hasEnded(file, as: message) { desk.submitted[file] = nil }
            } catch let error as FolderError {
                note(error.sentence)
            }
        }
    }

    /// Whether the file's text was sent or given up, and the file is gone from where it lay.
    private func hasEnded(_ file: FolderFile, as message: MessageID) async throws -> Bool {
        guard let record = try await context.ledger.message(message) else {
            try await close([file], sent: message)
            return true
        }
        switch record.state {
        case .sent, .delivered: try await close([file], sent: message)
        case .failed: try await close([file], failed: record.failure?.sentence ?? "failed")
        case .received, .queued, .inDoubt: return false
        }
        return true
    }

    private func close(_ files: [FolderFile], sent message: MessageID) async throws {
        guard let sent = layout.sent, let now = clock(context.mint.now()) else { return }
        try await close(files, to: sent, .sent(reference: Self.reference(of: message), at: now))
    }

    private func close(_ files: [FolderFile], failed reason: String) async throws {
        guard let now = clock(context.mint.now()) else { return }
        try await close(files, to: layout.failed, .failed(reason.harmlessLine, at: now))
    }

    /// One that was written over meanwhile is another order, and stays.
    private func close(_ files: [FolderFile], to folder: Folder, _ end: OrderEnd) async throws {
        for file in files where layout.outgoing.file(file.name) == file {
            let octets = try layout.outgoing.read(file.name, limit: Self.sizeLimit)
            let kept = standIn.kept(octets, end)
            if kept == octets {
                try layout.outgoing.move(file.name, to: folder, as: file.name)
            } else {
                try folder.write(file.name, kept)
                try layout.outgoing.remove(file.name)
            }
            guard let program, let call = standIn.call(end, file.name, in: folder.path) else { continue }
            _ = await turns.take { await program.run(call.arguments, call.variables) }
        }
    }
}
