extension GatewayTemplate {
    /// Those that are named in the settings.
    static let ready: [String: GatewayTemplate] = ["twilio": twilio, "telnyx": telnyx, "voipms": voipms, "vonage": vonage, "kannel": kannel]
}

extension RequestTemplate.Field {
    /// Of a ready template.
    init(_ name: String, known value: StaticString) { self.init(name, Pattern(known: value)) }
}

extension Conditions {
    /// Of a ready template: words at a place; none for anything.
    init(_ place: StaticString, _ words: WordList? = nil) { all = [Condition(place: JSONPath(known: place), words: words)] }
}

extension Finder {
    /// Of a ready template.
    static func json(known place: StaticString) -> Finder { .json(JSONPath(known: place)) }
}
