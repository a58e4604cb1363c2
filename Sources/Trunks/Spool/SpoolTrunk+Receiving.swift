import Exchange
import Messaging
import Runtime
import Spooling
import Telephony
import Wire

extension SpoolTrunk: Service {
    /// Looks at the folders again and again, and takes what is whole.
    func run() async throws {
        finishRemoval()
        try? await inbox.lineIsBack(line)
        var watches = layout.incoming.map { FolderWatch(folder: $0, stillness: Stillness(stillness)) }
        var forgotAt: Instant?
        while !Task.isCancelled {
            if forgotAt.map({ mint.now() - $0 >= .seconds(86_400) }) ?? true {
                forgotAt = mint.now()
                try? deposit.forget(before: (mint.now() - .seconds(Self.memory)).milliseconds &* 1_000_000)
            }
            var trouble = deposit.trouble
            for index in watches.indices { trouble = await look(&watches[index]) ?? trouble }
            await note { [trouble] in ($0.folders, $0.hasLooked) = (trouble, true) }
            do { try await pause(interval) } catch { return }
        }
    }

    /// Seconds that notes on what was sent are kept: longer than any delivery lasts.
    private static let memory: Int64 = 90 * 86_400

    struct FolderWatch {
        let folder: Folder
        var stillness: Stillness
    }

    /// One round over one folder; why it cannot be looked at.
    func look(_ watch: inout FolderWatch) async -> String? {
        let files: [FolderFile]
        do {
            files = try watch.folder.files { !dialect.bundles(of: [$0]).isEmpty }
        } catch {
            return error.sentence
        }
        var trouble: String?
        let still = watch.stillness.still(files, now: .now)
        let byName = Dictionary(still.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        // What belongs to the last one may lie behind it.
        let last = files.count < Folder.entryLimit ? nil : files.last?.name
        for bundle in dialect.bundles(of: files.sorted { ($0.modified, $0.name) < ($1.modified, $1.name) }.map(\.name)) {
            guard !Task.isCancelled else { break }
            let whole = bundle.compactMap { byName[$0] }
            guard whole.count == bundle.count, !bundle.contains(where: { $0 == last }) else { continue }
            trouble = await take(whole, in: watch.folder) ?? trouble
        }
        return trouble
    }

    /// Records what the files say, and only then removes them; why it could not.
    private func take(_ files: [FolderFile], in folder: Folder) async -> String? {
        do {
            var octets: [SpooledFile] = []
            for file in files {
                octets.append(
                    SpooledFile(
                        name: file.name, octets: try folder.read(file.name, limit: Self.sizeLimit), words: folder == layout.reports ? .reports : .anybodys))
            }
            let arrivals = try arrivals(of: octets, written: Instant(milliseconds: (files.map(\.modified).max() ?? 0) / 1_000_000), folder)
            guard !arrivals.isEmpty else {
                setAside(files, in: folder)
                return nil
            }
            let receipts = try await inbox.record(arrivals, line: line)
            try remove(files, from: folder)
            // gammu-smsd may use the name again within the same second.
            try await inbox.release(receipts)
        } catch let error as DecodeError {
            await alien(files, in: folder, "\(error)")
        } catch let error as FolderError {
            guard error.isTooLarge else { return error.sentence }
            await alien(files, in: folder, error.sentence)
        } catch {
            // The ledger takes nothing now: the files stay, and the next round tries again.
        }
        return nil
    }

    private func arrivals(of files: [SpooledFile], written: Instant, _ folder: Folder) throws(DecodeError) -> [Inbox.Arrival] {
        let items = try dialect.read(files)
        let place = "\(folder.path.split(separator: "/").last ?? "")/\(files.first?.name ?? "")"
        return items.enumerated().compactMap { index, item in
            item.arrival(place: index == 0 ? place : "\(place)/\(index)", written: written) { $0.instant }
        }
    }

    private static let sizeLimit = 1 << 20
    static let asideName = "alien"

    /// Where the next process learns which files belonged to a message that is recorded, when this one dies between removing them.
    static let goingName = "going"

    private func remove(_ files: [FolderFile], from folder: Folder) throws(FolderError) {
        if files.count > 1 { try notes.write(Self.goingName, Array(([folder.path] + files.map(\.mark)).joined(separator: "\0").utf8)) }
        for file in files { try remove(file, from: folder) }
        try folder.sync()
    }

    func finishRemoval() {
        guard let note = try? notes.read(Self.goingName, limit: Self.sizeLimit) else { return }
        let words = String(decoding: note, as: UTF8.self).split(separator: "\0").map(String.init)
        for folder in layout.incoming where folder.path == words.first {
            for mark in words.dropFirst() {
                if let file = folder.file(FolderFile.name(in: mark)), file.mark == mark { try? remove(file, from: folder) }
            }
        }
        try? notes.remove(Self.goingName)
    }

    private func remove(_ file: FolderFile, from folder: Folder) throws(FolderError) {
        if let archive = layout.archive { try folder.move(file.name, to: archive, as: file.name) } else { try folder.remove(file.name) }
    }

    /// Kept, and never looked at again.
    private func setAside(_ files: [FolderFile], in folder: Folder) {
        let aside = Folder("\(folder.path)/\(Self.asideName)")
        try? aside.make()
        for file in files { try? folder.move(file.name, to: aside, as: file.name) }
    }

    private func alien(_ files: [FolderFile], in folder: Folder, _ reason: String) async {
        setAside(files, in: folder)
        await note { $0.aliens += files.count }
        await notices.tell(
            line, topic: "spool.alien", "A file that makes no sense was set aside in \(folder.path)/\(Self.asideName): \(reason.harmlessLine)")
    }
}
