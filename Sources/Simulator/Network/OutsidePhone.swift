/// How phones outside answer what our modems send.
public enum OutsidePhone: Equatable, Sendable {
    case silent
    /// Sends the same text back.
    case echo
    /// The reply of the first line whose `hears` is in the text; an empty `hears` is in every text.
    case script([Line])

    public struct Line: Equatable, Sendable, Codable {
        public var hears: String
        public var replies: String

        public init(hears: String, replies: String) {
            self.hears = hears
            self.replies = replies
        }
    }

    func reply(to text: String) -> String? {
        switch self {
        case .silent: nil
        case .echo: text
        case .script(let lines): lines.first { $0.hears.isEmpty || text.lowercased().contains($0.hears.lowercased()) }?.replies
        }
    }
}
