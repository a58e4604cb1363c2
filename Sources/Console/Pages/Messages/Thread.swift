import Exchange
import Telephony

/// Messages of one conversation on a page: as many as its size allows, a heading for each day.
struct Thread {
    /// Oldest first.
    let html: HTML
    /// The oldest shown; nil where nothing is older.
    let olderThan: MessageID?

    /// Messages at most, and octets of markup.
    static let limit = 50
    static let budget = 40_000

    /// - Parameter records: the youngest first; one more than the limit where there are older ones.
    init(_ records: [MessageRecord], times: Times, budget: Int = Self.budget, bubble: (MessageRecord) -> HTML) {
        var shown: [(record: MessageRecord, html: HTML)] = []
        var size = 0
        for record in records.prefix(Self.limit) {
            let html = bubble(record)
            size += html.text.utf8.count
            if size > budget, !shown.isEmpty { break }
            shown.append((record, html))
        }
        olderThan = shown.count < records.count ? shown.last?.record.message.id : nil
        var whole: HTML = .nothing
        var day: Times.Day?
        for (record, html) in shown.reversed() {
            let at = record.message.recordedAt
            if times.day(at) != day {
                day = times.day(at)
                whole = whole + "<li class=\"day\"><h2>\(times.heading(at))</h2></li>\n"
            }
            whole = whole + html
        }
        self.html = whole
    }
}
