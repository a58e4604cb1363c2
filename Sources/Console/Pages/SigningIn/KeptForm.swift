import HTTPStack

/// A form that waits while its sender shows who they are: carried through the question as hidden fields, and sent once more by the browser itself.
struct KeptForm {
    /// What it was sent to.
    let path: String
    private let fields: [(name: String, value: String)]

    private static let target = "repeat"
    /// Names that the question itself has. A form with one of them cannot be carried.
    private static let reserved = Set([target, "password", "next", FormToken.field] + PasskeyAnswer.fields)

    /// Nil where a field would be taken for one of the question's.
    init?(_ form: Form, to path: String) {
        fields = form.all.filter { $0.name != FormToken.field }
        self.path = path
        guard !fields.contains(where: { Self.reserved.contains($0.name) }) else { return nil }
    }

    /// The one that an answered question brings; nil where it brings none.
    init?(_ answer: Form) {
        guard let target = answer[Self.target] else { return nil }
        path = SignInPage.own(target)
        fields = answer.all.filter { !Self.reserved.contains($0.name) }
    }

    var inputs: HTML {
        let rest = fields.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML }
        return "<input type=\"hidden\" name=\"\(Self.target)\" value=\"\(path)\">\(rest)"
    }

    /// Has the browser send to the path what it has just sent here (RFC 9110 §15.4.8).
    func response(cookies: [String]) -> Response { .empty(307, headers: [("Location", path)] + cookies.map { ("Set-Cookie", $0) }) }
}

extension Pages {
    /// Asks who sits there before a form is taken, and takes it then, with all that was filled in.
    ///
    /// - Parameter page: where to go on where the form cannot be carried.
    func toConfirm(_ request: Request, _ visitor: Visitor, _ form: Form, otherwise page: String) -> Response {
        guard let kept = KeptForm(form, to: request.path) else { return Self.toConfirm(page) }
        return ConfirmPage(pages: self).page(request, visitor, next: page, kept: kept)
    }
}
