/// What the router lists of its boxes.
extension HiLinkTrunk {
    static let pageSize = 20

    enum ListOrder: Sendable {
        case oldestFirst, newestFirst
    }

    struct Page: Sendable {
        var texts: [StoredText] = []
        /// Whether none follows.
        var isLast = false
    }

    /// A page, without what cannot be read of it.
    func list(_ box: Box, page: Int = 1, order: ListOrder = .oldestFirst) async throws(RouterTrouble) -> Page {
        do {
            let texts = try await list(box, place: page, of: Self.pageSize, order)
            return Page(texts: texts, isLast: texts.count < Self.pageSize)
        } catch {
            guard case .unreadable = error else { throw error }
            return try await listEach(box, page, order, error)
        }
    }

    /// Strangers write what is listed, and one text that makes its page unreadable is not to keep back the others: each is asked for by
    /// itself. Throws where nothing at all can be read, for then it is the router's doing.
    private func listEach(_ box: Box, _ page: Int, _ order: ListOrder, _ trouble: RouterTrouble) async throws(RouterTrouble) -> Page {
        var listed = Page()
        var hides = false
        var isReadable = false
        for place in 1...Self.pageSize {
            do {
                let found = try await list(box, place: (page - 1) * Self.pageSize + place, of: 1, order)
                isReadable = true
                if found.isEmpty {
                    listed.isLast = true
                    break
                }
                listed.texts += found
            } catch {
                guard case .unreadable = error else { throw error }
                hides = true
            }
        }
        guard isReadable else { throw trouble }
        // A copy of what was sent is nobody's loss.
        if hides, box == .inbox || box == .simInbox { hidesText = true }
        return listed
    }

    private func list(_ box: Box, place: Int, of count: Int, _ order: ListOrder) async throws(RouterTrouble) -> [StoredText] {
        let answer = try await link.post(
            "api/sms/sms-list",
            [
                .text("PageIndex", "\(place)"), .text("ReadCount", "\(count)"), .text("BoxType", "\(box.rawValue)"), .text("SortType", "0"),
                .text("Ascending", order == .oldestFirst ? "1" : "0"), .text("UnreadPreferred", "0"),
            ])
        return StoredText.page(answer)
    }
}
