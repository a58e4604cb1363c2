import Foundation
import Telephony

/// What somebody looks for: words, whatever else they typed.
struct SearchQuery: Hashable, Sendable {
    /// More of them say nothing more.
    private static let wordLimit = 16
    private static let lengthLimit = 64

    let words: [String]

    init(_ text: String) {
        words = Self.words(of: String(text.unicodeScalars.prefix(1000))).prefix(Self.wordLimit).map { String($0.prefix(Self.lengthLimit)) }
    }

    /// In the language of FTS5 (SQLite FTS5 §3): each word a string, which has no operators, and the beginning of what is found.
    var expression: String { words.map { "\"\($0.replacing("\"", with: "\"\""))\"*" }.joined(separator: " ") }

    private static func words(of text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// All in which a message is searched.
    static func text(of message: Message) -> String {
        ([message.text, message.subject ?? ""] + message.parts.compactMap(\.name) + message.participants.map(\.text)).joined(separator: "\n")
    }

    func isFound(in message: Message) -> Bool {
        let all = Self.words(of: Self.text(of: message)).map(Self.folded)
        return words.map(Self.folded).allSatisfy { word in all.contains { $0.hasPrefix(word) } }
    }

    private static func folded(_ word: String) -> String {
        word.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
