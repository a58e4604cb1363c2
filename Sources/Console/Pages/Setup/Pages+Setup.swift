import HTTPStack
import Settings
import Telephony

extension Pages {
    /// Throws 404 where the configuration is not to be changed from here.
    func installation() throws(Problem) -> any Installation {
        guard let installation = desk.installation else { throw Problem.notFound(words.notFound) }
        return installation
    }

    func configuration(_ installation: any Installation) throws(Problem) -> Node {
        do {
            return try installation.configuration()
        } catch {
            throw Problem(409, "configuration", "\(error)")
        }
    }

    func progress(_ visitor: Visitor) async throws -> SetupProgress {
        let installation = try installation()
        return SetupProgress(
            configuration: try configuration(installation), isRunning: !desk.lines.isEmpty && !installation.isChanged,
            hasZone: visitor.account.timeZone != nil, hasMessages: try await desk.ledger.lastEntry() > 0,
            hasPersons: try await !desk.ledger.persons().isEmpty)
    }

    /// Whether everything is still to be done: then the first page is the first run's.
    var isNew: Bool { desk.installation != nil && desk.lines.isEmpty }

    /// A page of the first run, or one of its steps taken later.
    func setup(
        _ step: SetupStep, _ visitor: Visitor, title: String, status: Int = 200, headers: [(name: String, value: String)] = [], _ content: HTML
    ) async throws -> Response {
        let progress = try await progress(visitor)
        let top = progress.next == nil ? HTML.nothing : progress.html(at: step, words)
        let style: HTML = "<link rel=\"stylesheet\" href=\"\(Asset.setupStyle.path)\"><script src=\"\(Asset.setupScript.path)\" defer></script>"
        let page: HTML = "\(style)<div class=\"cards setup\">\(top)<h1>\(title)</h1>\(content)</div>"
        var response = Layout(title: title, visitor: visitor, content: page).response(status: status)
        response.headers += headers
        return response
    }
}

/// A choice of one, with what is wrong beside it.
struct Choice {
    let name: String
    let label: String
    /// What is sent, and what is shown.
    let options: [(value: String, text: String)]
    var chosen = ""
    /// Shown first where nothing is chosen yet.
    var prompt: String?
    var mistake: String?

    var html: HTML {
        let described: HTML = mistake == nil ? .nothing : " aria-invalid=\"true\" aria-describedby=\"\(name)-mistake\""
        let first: HTML = prompt.map { "<option value=\"\">\($0)</option>" as HTML } ?? .nothing
        let rest = options.map { "<option value=\"\($0.value)\"\(" selected", if: $0.value == chosen)>\($0.text)</option>" as HTML }
        return "<label>\(label)<select name=\"\(name)\"\(described)>\(first)\(rest)</select></label>\(Field.note(mistake, of: name))"
    }
}

extension HTML {
    /// What a field is for, under it.
    static func hint(_ text: String) -> HTML { "<p class=\"hint\">\(text)</p>" }
}
