import HTTPStack
import Settings
import Telephony

/// A request as a template describes it.
struct RequestTemplate: Sendable {
    /// A named value. It is left out where its placeholder stands for nothing, and there once for each file where it speaks of one.
    struct Field: Sendable {
        let name: String
        let value: Pattern

        init(_ name: String, _ value: Pattern) {
            self.name = name
            self.value = value
        }
    }

    enum Body: Sendable {
        case none
        /// `application/x-www-form-urlencoded`
        case form([Field])
        case json(JSONPattern)
        case xml(Pattern)
        case text(Pattern)
        /// `multipart/form-data`; a field of files has their octets.
        case multipart([Field])
    }

    enum Authorization: String, Sendable, CaseIterable {
        case none
        /// User and secret (RFC 7617).
        case basic
        /// The secret (RFC 6750).
        case bearer
    }

    var method: HTTPStack.Method = .post
    /// `https://host/path`, with `{url}` at its beginning or a server that is written out.
    var address: Pattern
    var query: [Field] = []
    var headers: [Field] = []
    var authorization = Authorization.none
    var body = Body.none

    var placeholders: [Placeholder] {
        let fields = query + headers
        return address.placeholders + fields.flatMap(\.value.placeholders) + body.placeholders
    }
}

extension RequestTemplate.Body {
    var placeholders: [Placeholder] {
        switch self {
        case .none: []
        case .form(let fields), .multipart(let fields): fields.flatMap(\.value.placeholders)
        case .json(let document): document.placeholders
        case .xml(let pattern), .text(let pattern): pattern.placeholders
        }
    }
}
