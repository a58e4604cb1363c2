import HTTPStack
import Settings

/// Where in an answer something stands: `json data.id`, `text ID={}`, `xml MessageID` or `header Location`.
enum Finder: Hashable, Sendable {
    case json(JSONPath)
    case text(TextMark)
    case xml(ElementName)
    case header(String)

    init(_ text: String) throws(Unreadable) {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { throw Unreadable(Self.forms) }
        switch words[0] {
        case "json": self = .json(try JSONPath(words[1]))
        case "text": self = .text(try TextMark(words[1]))
        case "xml": self = .xml(try ElementName(words[1]))
        case "header": self = .header(words[1])
        default: throw Unreadable(Self.forms)
        }
    }

    private static let forms = "one of json PATH, text WORDS{}, xml ELEMENT and header NAME expected"

    /// Octets of an answer that are looked at.
    static let limit = 64 * 1024

    /// All that stand there, where there may be several.
    func findAll(in answer: OutgoingAnswer) -> [String] {
        guard case .json(let path) = self else { return find(in: answer).map { [$0] } ?? [] }
        return ((try? JSON(ofGateway: answer.body)).map { path.texts(in: $0) } ?? []).filter { !$0.isEmpty }
    }

    func find(in answer: OutgoingAnswer) -> String? {
        let found: String? =
            switch self {
            case .json(let path): (try? JSON(ofGateway: answer.body)).flatMap { path.text(in: $0) }
            case .text(let mark): mark.find(in: String(decoding: answer.body, as: UTF8.self))
            case .xml(let element): element.text(in: String(decoding: answer.body, as: UTF8.self))
            case .header(let name): answer.header(name)
            }
        return found.flatMap { $0.isEmpty ? nil : $0 }
    }
}
