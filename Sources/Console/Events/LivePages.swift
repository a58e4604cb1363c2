import Exchange
import HTTPStack
import Synchronization
import Telephony

/// Tells open pages that a conversation has something new: one reader of the ledger for all of them, however many they are.
final class LivePages: Sendable {
    /// Open at the same time, of one person and of all.
    static let limitOfOne = 64
    static let limit = 4096
    private static let batch = 200
    /// Entries that a page may have missed before it is told to ask for itself anew.
    private static let missedLimit = 100

    private struct Held {
        weak var page: LivePage?
    }

    private struct State {
        /// Held by whoever streams them alone, so that a page ends with its connection.
        var pages: [Int: Held] = [:]
        var opened = 0
        /// Up to which entry all pages were told.
        var position: Int64?
    }

    private let ledger: any Ledger
    private let state = Mutex(State())

    init(ledger: any Ledger) { self.ledger = ledger }

    var count: Int { state.withLock { $0.pages.count } }

    /// A page that knows everything up to an entry. Throws 503 when its person has too many open.
    func open(for visitor: Visitor, after: Int64?, whenOpened ring: () -> Void) async throws -> LivePage {
        let newest = try await ledger.lastEntry()
        let page = LivePage(visitor: visitor)
        let held = state.withLock { state -> (place: Int, told: Int64)? in
            let own = state.pages.values.count { $0.page?.visitor.account.person == visitor.account.person }
            guard own < Self.limitOfOne, state.pages.count < Self.limit else { return nil }
            if state.pages.isEmpty { state.position = newest }
            state.opened += 1
            state.pages[state.opened] = Held(page: page)
            return (state.opened, max(newest, state.position ?? newest))
        }
        guard let (place, told) = held else { throw Problem(503, "unavailable", "Too many pages are open", retryAfter: 30) }
        page.whenClosed { [weak self] in self?.close(place) }
        // What the others were told while this one was being opened, it was not.
        let known = after ?? newest
        if known < told { try await catchUp(page, after: known, newest: told) }
        ring()
        return page
    }

    private func close(_ place: Int) { state.withLock { $0.pages[place] = nil } }

    /// What happened between a page's making and its opening.
    private func catchUp(_ page: LivePage, after: Int64, newest: Int64) async throws {
        let entries = try await ledger.entries(after: after, limit: Self.missedLimit)
        guard entries.count < Self.missedLimit else { return page.noteUnknown(upTo: newest) }
        page.note(try await news(in: entries).filter { page.visitor.sees($0.value) }, upTo: entries.last?.sequence ?? after)
    }

    /// Reads what is new, once, and tells each page what its visitor may see by now. Whose sign-in is over hears nothing more.
    func tell() async throws(LedgerError) {
        while let position = state.withLock({ $0.pages.isEmpty ? nil : $0.position }) {
            let entries = try await ledger.entries(after: position, limit: Self.batch)
            guard let last = entries.last?.sequence else { return }
            let news = try await news(in: entries)
            let sights = news.isEmpty ? [:] : try await sights()
            // In one with the position: whoever opens a page before is told, and whoever does so after knows where to begin.
            let pages = state.withLock { state -> [LivePage] in
                state.position = last
                return state.pages.values.compactMap(\.page)
            }
            for page in pages {
                switch sights[page.visitor.hash] {
                case .everything: page.note(news, upTo: last)
                case .lines(let lines): page.note(news.filter { lines.contains($0.value) }, upTo: last)
                case .nothing: page.end()
                // Opened just now.
                case nil: page.note(news.filter { page.visitor.sees($0.value) }, upTo: last)
                }
            }
        }
    }

    private enum Sight {
        case everything
        case lines([LineID])
        /// Whose sign-in is over.
        case nothing
    }

    /// What the visitors of open pages may see by now: a page can be open for days. By the hash of their sign-in.
    private func sights() async throws(LedgerError) -> [String: Sight] {
        let visitors = state.withLock { $0.pages.values.compactMap { $0.page?.visitor } }
        let accounts = try await ledger.accounts()
        let persons = accounts.contains { $0.role == .member } ? try await ledger.persons() : []
        var sights: [String: Sight] = [:]
        for visitor in visitors where sights[visitor.hash] == nil {
            let name = visitor.account.person
            guard try await ledger.signIn(visitor.hash) != nil, let account = accounts.first(where: { $0.person == name }) else {
                sights[visitor.hash] = .nothing
                continue
            }
            sights[visitor.hash] = account.role == .owner ? .everything : .lines(persons.first { $0.id == name }?.lines ?? [])
        }
        return sights
    }

    /// A word to every page, so that nothing between us closes what is silent.
    func beat() {
        for page in state.withLock({ $0.pages.values.compactMap(\.page) }) { page.beat() }
    }

    /// Conversations that have something new, and their lines.
    private func news(in entries: [TimelineEntry]) async throws(LedgerError) -> [Int64: LineID] {
        var news: [Int64: LineID] = [:]
        for id in Set(entries.compactMap(\.message)) {
            guard let number = try await ledger.conversationNumber(of: id), news[number] == nil, let record = try await ledger.message(id) else { continue }
            news[number] = record.message.line
        }
        return news
    }
}
