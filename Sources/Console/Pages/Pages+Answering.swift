import Exchange
import HTTPStack

// How every page is answered, whatever becomes of it.
extension Pages {
    /// Answers in the visitor's own language.
    func guarding(_ request: Request, _ visitor: Visitor?, _ respond: () async throws -> Response) async -> Response {
        let language = await language(of: visitor, request)
        let scene = Scene(words: Words(language: language), path: request.path, sections: sections)
        var response = await Scene.$current.withValue(scene) { await admitting(request, visitor, respond) }
        if transport(of: request) == .encrypted { response.headers.append(Self.staysEncrypted) }
        return response
    }

    private func language(of visitor: Visitor?, _ request: Request) async -> Language {
        if let visitor, let settings = try? await desk.personal.book.personalSettings(of: visitor.account.person),
            let chosen = settings.language.flatMap(Language.init(rawValue:))
        {
            return chosen
        }
        return Language(accepting: request.header("Accept-Language"))
    }

    /// Refuses whom the Console is not shown to, and makes a page of whatever goes wrong.
    private func admitting(_ request: Request, _ visitor: Visitor?, _ respond: () async throws -> Response) async -> Response {
        guard exposure.admits(request.source, over: transport(of: request)) else {
            if exposure == .off { return Problem.notFound("There is nothing at this path").response }
            return sorry(403, words.closed, words.closedText, nil)
        }
        do {
            return try await respond()
        } catch let problem as Problem {
            return sorry(problem.status, problem.status == 404 ? words.notFound : problem.message, nil, visitor)
        } catch let error as TooManyAttempts {
            return sorry(429, words.waitAfterGuesses(error.seconds), nil, visitor)
        } catch LedgerError.conflict {
            return sorry(404, words.notFound, nil, visitor)
        } catch {
            log.error("\(error)", metadata: ["page": "\(request.method)"])
            return sorry(500, words.trouble, nil, visitor)
        }
    }

    private func sorry(_ status: Int, _ title: String, _ text: String?, _ visitor: Visitor?) -> Response {
        let explanation: HTML = text.map { "<p>\($0)</p>" as HTML } ?? .nothing
        let content: HTML = "<div class=\"card\"><h1>\(title)</h1>\(explanation)<p><a href=\"/\">\(words.back)</a></p></div>"
        return Layout(title: title, visitor: visitor, content: content).response(status: status)
    }
}
