import PhoneBackup
import VCard

extension FuzzTarget {
    /// vCard: what is read is written so that it is read as the same.
    static func card(_ octets: [UInt8]) -> String? {
        guard let reading = try? CardReading(octets) else { return nil }
        for card in reading.cards {
            guard let again = try? CardReading(card.encoded).cards, again.count == 1 else { return "a card is not one card when it is written" }
            if again.first?.name != card.name || again.first?.numbers != card.numbers { return "a card reads otherwise when it is written" }
        }
        return nil
    }

    /// The XML of SMS Backup & Restore: a drip gives the same as a flood.
    static func phone(_ octets: [UInt8]) -> String? {
        records(octets, by: octets.count + 1) == records(octets, by: 3) ? nil : "a drip gives another thing than a flood"
    }

    private static func records(_ octets: [UInt8], by piece: Int) -> [PhoneRecord]? {
        var reading = PhoneReading(), records: [PhoneRecord] = []
        do {
            for start in stride(from: 0, to: octets.count, by: piece) { records += try reading.take(octets[start..<min(octets.count, start + piece)]) }
            try reading.finish()
            return records
        } catch {
            return nil
        }
    }
}
