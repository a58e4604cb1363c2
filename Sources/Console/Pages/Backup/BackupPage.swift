import Exchange
import HTTPStack
import Telephony

/// `/settings/backup`: the last backup, what was found when it was opened again, and one more now. The owner's.
struct BackupPage {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.ownersPage("/settings/backup") { _, visitor in
                guard let backups = pages.desk.backups else { return unscheduled(visitor) }
                return page(visitor, await backups.status())
            },
            pages.ownersForm("/settings/backup") { request, visitor, _ in
                guard let backups = pages.desk.backups else { throw Problem.notFound(pages.words.notFound) }
                await backups.begin()
                await pages.desk.audit.note(.backupTaken, by: visitor, from: request)
                return Pages.see("/settings/backup")
            },
            pages.ownersPage("/settings/backup/file") { request, visitor in
                // All that anybody ever wrote, though encrypted.
                guard pages.confirmed(visitor) else { return Pages.toConfirm("/settings/backup") }
                let name = try request.queryParameters("name")["name"] ?? ""
                guard let download = await pages.desk.backups?.open(name) else { throw Problem.notFound(pages.words.notFound) }
                pages.log.notice("a backup is downloaded", metadata: ["person": "\(visitor.account.person)"])
                await pages.desk.audit.note(.backupDownloaded, by: visitor, from: request)
                var response = Response(status: 200, contentType: "application/octet-stream", body: .stream(length: download.size, next: download.next))
                response.headers = [("Content-Disposition", ContentDisposition.attachment.value(name: name))]
                return response
            },
        ]
    }

    private func page(_ visitor: Visitor, _ status: BackupStatus) -> Response {
        let words = pages.words, times = pages.times(of: visitor)
        let failure: HTML = status.failure.map { failure in
            "<p class=\"mistake\" role=\"alert\">\(words.backupFailed) \(failure.sentence) (\(Self.when(failure.at, times)))</p>"
        } ?? .nothing
        let action: HTML
        if let percent = status.percent {
            action = """
                <p role="status">\(words.backupIsMade) <progress max="100" value="\(percent)" aria-label="\(words.backupIsMade)">\(percent) %</progress> \(percent) %</p>
                <p><a class="button" href="/settings/backup">\(words.lookAgain)</a></p>
                """
        } else {
            action = "<form method=\"post\" action=\"/settings/backup\">\(visitor.token.input)<button>\(words.makeBackup)</button></form>"
        }
        let last: HTML = status.last.map { made($0, times) } ?? "<p>\(words.noBackupYet)</p>"
        return show(
            visitor,
            """
            <div class="card">\(last)\(failure)\(action)</div>
            <div class="card"><p>\(words.keptIn(status.folder, status.kept))</p><p>\(words.nextBackup): \(Self.when(status.nextAt, times)).</p></div>
            """)
    }

    private func made(_ made: BackupStatus.Made, _ times: Times) -> HTML {
        let words = pages.words
        let faults = made.faults.map { "<li>\($0)</li>" as HTML }
        let proof: HTML = made.faults.isEmpty ? "<p>✓ \(words.backupIsWhole)</p>" : "<p class=\"mistake\">\(words.backupHasFaults)</p><ul>\(faults)</ul>"
        let omissions = made.omissions.map { "<li><bdi>\($0)</bdi></li>" as HTML }
        let omitted: HTML = made.omissions.isEmpty ? .nothing : "<p>\(words.backupLeavesOut)</p><ul>\(omissions)</ul>"
        let download: HTML = made.name.map { "<p><a href=\"/settings/backup/file?name=\(PercentEncoding.encode($0))\" download>\(words.download)</a></p>" as HTML } ?? .nothing
        return """
            <h2>\(Self.when(made.at, times))</h2><p>\(words.contents(messages: made.messages, files: made.files, size: made.size))</p>\(proof)\(omitted)\(download)
            """
    }

    private static func when(_ instant: Instant, _ times: Times) -> String { "\(times.heading(instant)) \(times.time(instant))" }

    private func unscheduled(_ visitor: Visitor) -> Response {
        show(
            visitor,
            """
            <div class="card"><p>\(pages.words.noSchedule)</p>
            <pre>backup:
              folder: /mnt/backup/homeline
              every: daily
              keep: 7
              passphrase-file: /etc/homeline/backup-passphrase</pre></div>
            """)
    }

    private func show(_ visitor: Visitor, _ content: HTML) -> Response {
        let whole: HTML = "<div class=\"cards\"><h1>\(pages.words.backup)</h1>\(content)<p><a href=\"/settings/moving\">\(pages.words.moveMessages)</a></p></div>"
        return Layout(title: pages.words.backup, visitor: visitor, content: whole).response()
    }
}
