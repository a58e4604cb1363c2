import HTTPStack
import Telephony
import VCard
import Wire

/// Between cards, as address books pass them on, and contacts, as ours keeps them.
public struct ContactCards: Sendable {
    private let owner: PersonID
    private let address: @Sendable (String) -> Address?
    private let now: Instant

    /// Octets of a file.
    public static let fileLimit = CardReading.fileLimit
    /// Characters of a name, octets of a card, and numbers of a contact at most.
    static let nameLimit = 200, cardLimit = 256 * 1024, numberLimit = 100

    /// - Parameters:
    ///   - owner: whose address book it is.
    ///   - address: reads a number by the country of the owner's line; nil where it is none.
    public init(owner: PersonID, now: Instant, address: @escaping @Sendable (String) -> Address?) {
        self.owner = owner
        self.now = now
        self.address = address
    }

    /// What a file of cards holds, the last of each UID, and how much of it could not be taken. Throws where it is no such file.
    public func contacts(from octets: [UInt8]) throws(DecodeError) -> (contacts: [Contact], omitted: Int) {
        let reading = try CardReading(octets)
        var found: [String: Contact] = [:], omitted = reading.omitted
        for card in reading.cards {
            if let contact = contact(card) { found[contact.uid] = contact } else { omitted += 1 }
        }
        return (found.values.sorted { ($0.name, $0.uid) < ($1.name, $1.uid) }, omitted)
    }

    /// Nil for a card without a name, or one that is too large.
    public func contact(_ card: Card) -> Contact? {
        guard let name = card.name.map(Self.plain), !name.isEmpty else { return nil }
        var card = card
        let numbers = Array(card.numbers.prefix(Self.numberLimit))
        // A card without a UID gets the same whenever it is imported, so that it does not become two.
        let uid = card.uid.flatMap { (1...200).contains($0.utf8.count) ? $0 : nil } ?? "homeline-" + TokenSecret.hash(([name] + numbers).joined(separator: "\n")).prefix(32)
        if card.uid != uid { card.set(uid: uid) }
        let octets = card.encoded
        guard octets.count <= Self.cardLimit else { return nil }
        return Contact(
            owner: owner, uid: uid, name: name, addresses: numbers.compactMap(address), card: String(decoding: octets, as: UTF8.self), changedAt: now)
    }

    /// A contact with another name and other numbers; all else of its card stays.
    public func changed(_ contact: Contact?, name: String, numbers: [String]) -> Contact? {
        var card = contact.flatMap { try? CardReading(Array($0.card.utf8)).cards.first } ?? Card(name: Self.plain(name), numbers: numbers, uid: contact?.uid ?? "")
        if contact == nil { card.set(uid: "homeline-" + TokenSecret.hash("\(owner)\n\(now.milliseconds)\n\(name)\n\(numbers)").prefix(32)) }
        card.set(name: Self.plain(name))
        card.set(numbers: numbers)
        card.set(revision: CivilDate(now).rfc3339)
        return self.contact(card)
    }

    /// The numbers of a contact as its card has them.
    public static func numbers(of contact: Contact) -> [String] {
        (try? CardReading(Array(contact.card.utf8)).cards.first)?.numbers ?? contact.addresses.map(\.text)
    }

    /// A name is one line of bounded length: it is shown beside messages, and written into fields of SIP.
    private static func plain(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { $0.properties.generalCategory == .control || $0.properties.isBidiControl ? " " : $0 }
        return String(String.UnicodeScalarView(scalars.prefix(nameLimit))).split(separator: " ").joined(separator: " ")
    }
}
