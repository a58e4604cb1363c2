/// The parts of the Console, as the top of every page leads to them.
enum Section: CaseIterable {
    case messages, contacts, lines, people, health, settings

    /// Its first page. `GET /health` is the API's.
    var path: String {
        switch self {
        case .messages: "/"
        case .contacts: "/contacts"
        case .lines: "/lines"
        case .people: "/people"
        case .health: "/health/parts"
        case .settings: "/settings"
        }
    }

    /// What the paths of its pages begin with.
    private var places: [String] {
        switch self {
        case .messages: ["/conversations", "/messages", "/search", "/new"]
        case .contacts: [path, "/blocked"]
        case .health: ["/health"]
        case .lines, .people, .settings: [path]
        }
    }

    /// Whether members come here too; everything else is the owner's.
    var isForAll: Bool { self == .messages || self == .contacts || self == .lines }

    func holds(_ target: String) -> Bool { target == path || places.contains { target == $0 || target.hasPrefix($0 + "/") } }

    func name(_ words: Words) -> String {
        switch self {
        case .messages: words.messages
        case .contacts: words.contacts
        case .lines: words.lines
        case .people: words.people
        case .health: words.health
        case .settings: words.settings
        }
    }
}
