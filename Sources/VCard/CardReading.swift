import Wire

/// Reads a file of cards, of whatever version phones write. Bounded; what cannot be read is passed over and counted.
public struct CardReading: Sendable {
    /// Octets of a file, and of one value: a photograph in base 64 that is larger is left out.
    public static let fileLimit = 32 << 20
    public static let valueLimit = 256 * 1024
    public static let cardLimit = 20_000
    private static let propertyLimit = 500

    public let cards: [Card]
    /// Lines that are no properties, and values that are too large.
    public let omitted: Int

    /// Throws where it is larger than any address book, or no such file.
    public init(_ octets: [UInt8]) throws(DecodeError) {
        guard octets.count <= Self.fileLimit else { throw DecodeError("vcard", at: 0, .tooLong(limit: Self.fileLimit)) }
        var cards: [Card] = [], open: [CardLine]?, omitted = 0
        for line in CardLines(octets) {
            guard let line = CardLine(line) else {
                if open != nil { omitted += 1 }
                continue
            }
            switch (line.name, line.text.trimmed.uppercased()) {
            case ("BEGIN", "VCARD"):
                guard cards.count < Self.cardLimit else { throw DecodeError("vcard", at: 0, .tooLong(limit: Self.cardLimit)) }
                open = []
            case ("END", "VCARD"):
                if let lines = open { cards.append(Self.card(lines)) }
                open = nil
            default:
                guard let count = open?.count, count < Self.propertyLimit, line.value.count <= Self.valueLimit else {
                    omitted += 1
                    continue
                }
                open?.append(line)
            }
        }
        guard !cards.isEmpty else { throw DecodeError("vcard", at: 0, .invalid("BEGIN:VCARD expected")) }
        self.cards = cards
        self.omitted = omitted
    }

    private static func card(_ lines: [CardLine]) -> Card {
        let version = lines.first { $0.name == "VERSION" }?.text.trimmed
        return Card(version == "4.0" ? .four : .three, properties: lines.filter { $0.name != "VERSION" }.map(\.property))
    }
}
