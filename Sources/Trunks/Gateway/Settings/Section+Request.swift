import HTTPStack
import Settings

private let methodKey = Key<HTTPStack.Method>.choice(
    "method", "get, post, put or delete.", example: "post", ["get": .get, "post": .post, "put": .put, "delete": .delete])
private let addressKey = Key<Pattern>("url", "Where to; {url} at its beginning is the line's url.", example: "\"{url}/send\"") { node throws(Key<Pattern>.Reason) in
    guard case .scalar(let text) = node.content else { throw Key<Pattern>.Reason("a single value expected") }
    let pattern = try Pattern(text)
    // Nothing from outside may have a say in which server is called.
    guard case .literal(let start)? = pattern.pieces.first else {
        guard case .placeholder(.url)? = pattern.pieces.first, !pattern.placeholders.dropFirst().contains(.url) else {
            throw Key<Pattern>.Reason("it begins with a server that is written out, or with {url}")
        }
        if pattern.pieces.count > 1, case .literal(let next) = pattern.pieces[1], next.hasPrefix("/") || next.hasPrefix("?") { return pattern }
        guard pattern.pieces.count == 1 else { throw Key<Pattern>.Reason("a slash or a question mark expected behind {url}") }
        return pattern
    }
    let server = start.firstRange(of: "://").map { start[$0.upperBound...].contains("/") } ?? false
    guard server, WebURL(start, longest: 4096) != nil, !pattern.placeholders.contains(.url) else {
        throw Key<Pattern>.Reason("an http or https URL expected whose server has no placeholder")
    }
    return pattern
}
private let authorizationKey = Key.choice(
    "authorization", "none, basic (user and secret) or bearer (secret).", example: "basic", RequestTemplate.Authorization.byName)
private let jsonKey = Key<JSONPattern>.read("json", "A JSON body.", example: #"'{"to": "{to}", "text": "{text}"}'"#) { text throws(Unreadable) in try JSONPattern(text) }
private let xmlKey = Key<Pattern>.pattern("xml", "An XML body.", example: "<sms to=\"{to}\">{text}</sms>")
private let bodyKey = Key<Pattern>.pattern("body", "A body of plain text.", example: "\"{text}\"")

extension Section {
    /// A request, nil where it is left out.
    mutating func request(_ name: String) throws(SettingsError) -> RequestTemplate? {
        guard var section = try section(name) else { return nil }
        let request = try RequestTemplate(reading: &section)
        try section.finish()
        return request
    }

    fileprivate mutating func fields(_ name: String) throws(SettingsError) -> [RequestTemplate.Field] {
        var fields: [RequestTemplate.Field] = []
        for value in try namedValues(name) {
            do {
                fields.append(RequestTemplate.Field(value.name, try Pattern(value.text)))
            } catch {
                throw value.error(error.text)
            }
        }
        return fields
    }
}

extension RequestTemplate {
    /// Reads its keys and leaves others to whoever reads the section, too.
    init(reading section: inout Section) throws(SettingsError) {
        self.init(address: try section.require(addressKey))
        method = try section.value(methodKey, default: .post)
        authorization = try section.value(authorizationKey, default: .none)
        query = try section.fields("query")
        headers = try section.fields("headers")
        let bodies = ["form", "multipart", "json", "xml", "body"].filter(section.has)
        guard bodies.count <= 1 else { throw section.error(bodies[1], "there is \(bodies[0]) already, and a request has one body") }
        if section.has("form") { body = .form(try section.fields("form")) }
        if section.has("multipart") { body = .multipart(try section.fields("multipart")) }
        if let document = try section.optional(jsonKey) { body = .json(document) }
        if let pattern = try section.optional(xmlKey) { body = .xml(pattern) }
        if let pattern = try section.optional(bodyKey) { body = .text(pattern) }
        for header in headers where !header.name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) {
            throw section.error("headers", "\(header.name) is no name of a header field")
        }
    }
}
