/// Looks for a text of ours among those that the router keeps, to find out what became of it.
///
/// The date is the one that we put into the request, and no two requests of ours bear the same: with number and text it names one request.
struct SentBox: Sendable {
    enum Finding: Hashable, Sendable {
        case sent, failed, pending
        /// Not there: which proves nothing, for a router need not keep what it sent.
        case unknown
    }

    struct Mark: Hashable, Sendable {
        let phone: String
        let content: String
        let date: String
    }

    /// - Parameter drafts: routers move what they could not send there.
    static func finding(_ mark: Mark, sent: [StoredText], drafts: [StoredText]) -> Finding {
        if let text = sent.first(where: { mark.names($0) }) {
            switch text.state {
            case .sent: return .sent
            case .failed: return .failed
            case .pending: return .pending
            case .received, .other: return .unknown
            }
        }
        return drafts.contains { mark.names($0) } ? .failed : .unknown
    }
}

extension SentBox.Mark {
    func names(_ text: StoredText) -> Bool {
        text.date == date && text.phone == phone && text.content.trimmingEnd == content.trimmingEnd
    }
}

extension String {
    fileprivate var trimmingEnd: Substring { self[..<(lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex)] }
}
