import Settings

private let referenceKey = Key<AnswerTemplate.Reference>.read(
    "reference", "Where the gateway's name for the message stands, or own where it names none: json PATH, text WORDS{}, xml ELEMENT, header NAME.",
    example: "json id"
) { text throws(Unreadable) in text == "own" ? .own : .found(try Finder(text)) }
private let stateKey = Key<Finder>.read("state", "Where a word stands that says whether it was taken.", example: "json status") { text throws(Unreadable) in try Finder(text) }
private let detailKey = Key<Finder>.read("detail", "Where the gateway says why not.", example: "json message") { text throws(Unreadable) in try Finder(text) }
private let takenKey = Key.words("taken", "Words for yes; any, where this is left out.", example: "[success, queued]")
private let laterKey = Key.words("later", "Words for not now: it is tried again.", example: "[throttled, busy]")
private let strangersKey = Key.words("strangers", "Words for a wrong login: messages wait, and you are told.", example: "[invalid_credentials]")
private let statusesKey = Key<Set<Int>>("stranger-statuses", "Statuses for the same.", example: "[401, 403]") { node throws(Key<Set<Int>>.Reason) in
    let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
    var statuses: Set<Int> = []
    for node in nodes {
        guard case .scalar(let text) = node.content, let status = Int(text), (400...599).contains(status) else { throw Key<Set<Int>>.Reason("a list of statuses expected") }
        statuses.insert(status)
    }
    return statuses
}
private let missingKey = Key<AnswerTemplate.Missing>.choice(
    "without-reference", "What a good answer without a reference means: failed or in-doubt.", example: "failed",
    Dictionary(uniqueKeysWithValues: AnswerTemplate.Missing.allCases.map { ($0.rawValue, $0) }))

extension Key where Value == WordList {
    static func words(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard case .list(let nodes) = node.content else {
                guard case .scalar(let text) = node.content else { throw Reason("a list of words expected") }
                return WordList([text])
            }
            var words: [String] = []
            for node in nodes {
                guard case .scalar(let text) = node.content else { throw Reason("a list of words expected") }
                words.append(text)
            }
            return WordList(words)
        }
    }
}

private let orderKey = Key<PollTemplate.Order>.choice(
    "order", "How the list is sorted: oldest-first or newest-first.", example: "newest-first",
    Dictionary(uniqueKeysWithValues: PollTemplate.Order.allCases.map { ($0.rawValue, $0) }))

extension Section {
    /// What tells a list from an answer that is none.
    mutating func pollAnswer() throws(SettingsError) -> PollAnswer {
        PollAnswer(state: try optional(stateKey), taken: try value(takenKey, default: []))
    }

    mutating func pollOrder() throws(SettingsError) -> PollTemplate.Order { try value(orderKey, default: .oldestFirst) }

    mutating func answer(_ name: String) throws(SettingsError) -> AnswerTemplate? {
        guard var section = try section(name) else { return nil }
        var answer = AnswerTemplate(reference: try section.require(referenceKey))
        answer.state = try section.optional(stateKey)
        answer.detail = try section.optional(detailKey)
        answer.taken = try section.value(takenKey, default: [])
        answer.later = try section.value(laterKey, default: [])
        answer.strangers = try section.value(strangersKey, default: [])
        answer.strangerStatuses = try section.value(statusesKey, default: [401])
        answer.missing = try section.value(missingKey, default: .inDoubt)
        try section.finish()
        return answer
    }
}
