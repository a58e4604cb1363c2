import Exchange
import Telephony

/// The queues as they stand on their page; nothing of one that is empty.
struct QueueRows {
    let pages: Pages
    let times: Times
    let token: FormToken

    private var words: Words { pages.words }

    func doubts(_ troubles: [Trouble]) -> HTML {
        section(words.inDoubtQueue, words.inDoubtText, troubles.map { trouble in
            let id = trouble.delivery.delivery.id.description
            let acts: [(String, String)] = [
                (DoubtDecision.sendAgain.rawValue, words.sendAgain), (DoubtDecision.takeAsSent.rawValue, words.itWasSent),
                (DoubtDecision.takeAsFailed.rawValue, words.itFailed),
            ]
            return row(trouble, acts, of: id)
        })
    }

    func failures(_ troubles: [Trouble], olderThan: DeliveryID?) -> HTML {
        let older: HTML = olderThan.map { "<p class=\"more\"><a href=\"?before=\($0.description)\">\(words.olderOnes)</a></p>" as HTML } ?? .nothing
        return section(words.failedQueue, words.failedText, troubles.map { row($0, [("retry", words.tryAgain), ("drop", words.drop)], of: $0.delivery.delivery.id.description) })
            + older
    }

    private func row(_ trouble: Trouble, _ acts: [(String, String)], of id: String) -> HTML {
        let message = trouble.message.message, delivery = trouble.delivery
        return """
            <li><p><a href="/messages/\(message.id.description)"><bdi>\(words.way(delivery.delivery.destination))</bdi></a>
            <span class="soft">\(pages.moment(message.recordedAt, times)) · \(words.attempts(delivery.attempts))</span></p>
            <p>\(delivery.failure?.sentence ?? "")</p>\(form(acts, of: id))</li>

            """
    }

    func undecodable(_ found: [UndecodableReceipt]) -> HTML {
        let rows = found.map { one -> HTML in
            let receipt = one.receipt, id = receipt.id.description
            return """
                <li><p><bdi>\(receipt.line.name)</bdi> · <bdi>\(receipt.place)</bdi> · \(words.octets(receipt.octets.count)) <span class="soft">\(pages.moment(receipt.receivedAt, times))</span></p>
                <p>\(one.reason.masked)</p><p class="hex"><code>\(ShownOctets(receipt.octets).masked)</code> <a href="/health/queues/receipts/\(id)">\(words.rawOctets)</a></p>
                \(form([("replay", words.readAgain), ("drop-receipt", words.drop)], of: id))</li>

                """
        }
        let all: HTML = found.count > 1 ? form([("replay-all", words.readAllAgain)], of: "") : .nothing
        return section(words.undecodableQueue, words.undecodableText, rows) + all
    }

    func retrievals(_ records: [RetrievalRecord]) -> HTML {
        let rows = records.map { record -> HTML in
            let announcement = record.retrieval.announcement, id = record.retrieval.id.description
            let sender: HTML = announcement.sender.map { "<bdi>\($0.shownName)</bdi> · " as HTML } ?? .nothing
            let drop = record.state == .failed ? [("drop-picture", words.drop)] : []
            return """
                <li><p>\(sender)<bdi>\(record.retrieval.line.name)</bdi> · \(words.octets(announcement.size)) <span class="soft">\(words.until(times.short(announcement.expires))) · \(words.attempts(record.attempts))</span></p>
                <p>\(record.failure?.sentenceOfFetching ?? words.delivery(.pending))</p>\(form([("fetch", words.fetchNow)] + drop, of: id))</li>

                """
        }
        return section(words.pictureQueue, words.pictureText, rows)
    }

    private func section(_ title: String, _ text: String, _ rows: [HTML]) -> HTML {
        guard !rows.isEmpty else { return .nothing }
        return "<section class=\"card queue\"><h2>\(title) (\(rows.count))</h2><p class=\"soft\">\(text)</p><ul>\(rows)</ul></section>"
    }

    private func form(_ acts: [(String, String)], of subject: String) -> HTML {
        let buttons = acts.map { "<button class=\"plain\" name=\"act\" value=\"\($0.0)\">\($0.1)</button> " as HTML }
        return "<form method=\"post\" action=\"/health/queues\">\(token.input)<input type=\"hidden\" name=\"of\" value=\"\(subject)\">\(buttons)</form>"
    }
}
