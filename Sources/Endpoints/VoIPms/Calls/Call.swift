import HTTPStack

/// One call, whichever way it came: GET, POST or SOAP.
struct Call: Sendable {
    let form: Form
    let source: Source
    /// Whether the caller's connection ended before we answered.
    let isAbandoned: @Sendable () async -> Bool

    init(_ form: Form, source: Source = .local, isAbandoned: @escaping @Sendable () async -> Bool = { false }) {
        self.form = form
        self.source = source
        self.isAbandoned = isAbandoned
    }

    init(_ form: Form, of request: Request) {
        self.init(form, source: request.source, isAbandoned: request.isAbandoned)
    }

    /// A parameter's text; nil where it is missing or empty. Names are compared with case, as the service does.
    subscript(name: String) -> String? {
        guard let text = form[name], !text.isEmpty else { return nil }
        return text
    }

    /// Whether a switch is on.
    func isOn(_ name: String) -> Bool { self[name] == "1" }
}
