/// Words in any case; one that ends in `*` stands for all that begin so.
struct WordList: Hashable, Sendable, ExpressibleByArrayLiteral {
    private let words: [String]

    init(_ words: [String]) { self.words = words.map { $0.lowercased() } }
    init(arrayLiteral elements: String...) { self.init(elements) }

    var isEmpty: Bool { words.isEmpty }

    func contains(_ word: String) -> Bool {
        let word = word.lowercased()
        return words.contains { $0.hasSuffix("*") ? word.hasPrefix($0.dropLast()) : $0 == word }
    }
}
