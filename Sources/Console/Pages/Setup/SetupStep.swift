import Settings

/// The stops of the first run, in their order.
enum SetupStep: String, CaseIterable, Sendable {
    case you, place, line, start, test, app

    var path: String { self == .line ? "/lines/new" : "/setup/\(rawValue)" }

    func name(_ words: Words) -> String {
        switch self {
        case .you: words.stepYou
        case .place: words.stepPlace
        case .line: words.stepLine
        case .start: words.stepStart
        case .test: words.stepTest
        case .app: words.stepApp
        }
    }

    var next: SetupStep? {
        let all = Self.allCases
        return all.firstIndex(of: self).flatMap { $0 + 1 < all.count ? all[$0 + 1] : nil }
    }
}

/// How far the first run has come. Every step is written into the configuration at once, so a browser that was closed goes on where it was.
struct SetupProgress: Sendable {
    let done: Set<SetupStep>

    /// - Parameters:
    ///   - configuration: what the file says.
    ///   - isRunning: whether the daemon runs with it.
    init(configuration: Node, isRunning: Bool, hasZone: Bool, hasMessages: Bool, hasPersons: Bool) {
        var done: Set<SetupStep> = []
        let hasLine = configuration["lines"]?.entries.isEmpty == false
        if hasZone { done.insert(.you) }
        if configuration["country"] != nil, configuration["endpoints", "softphone"] != nil { done.insert(.place) }
        if hasLine { done.insert(.line) }
        if hasLine, isRunning { done.insert(.start) }
        if hasMessages { done.insert(.test) }
        if hasPersons { done.insert(.app) }
        self.done = done
    }

    /// The first that is still to be done; nil when all are.
    var next: SetupStep? { SetupStep.allCases.first { !done.contains($0) } }

    /// Where somebody is, for the top of each page.
    func html(at current: SetupStep, _ words: Words) -> HTML {
        let items = SetupStep.allCases.map { step -> HTML in
            let mark: HTML = done.contains(step) ? "<span aria-hidden=\"true\">✓</span> " : .nothing
            if step == current { return "<li aria-current=\"step\">\(mark)\(step.name(words))</li>" }
            return done.contains(step) ? "<li><a href=\"\(step.path)\">\(mark)\(step.name(words))</a></li>" : "<li>\(step.name(words))</li>"
        }
        return "<nav aria-label=\"\(words.setUp)\"><ol class=\"steps\">\(items)</ol></nav>"
    }
}
