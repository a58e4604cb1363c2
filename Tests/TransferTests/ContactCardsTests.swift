import Store
import Telephony
import Testing
import Transfer
import VCard

@Suite struct ContactCardsTests {
    private let cards = ContactCards(owner: "alice", now: Instant(milliseconds: 1_700_000_000_000), address: Desk.address)

    @Test func `numbers are read by the country of the line`() throws {
        let (contacts, omitted) = try cards.contacts(from: Array("BEGIN:VCARD\nFN:Mum\nTEL:079 123 45 67\nTEL:call me\nEND:VCARD\nBEGIN:VCARD\nX-A:1\nEND:VCARD\n".utf8))
        #expect(contacts.map(\.name) == ["Mum"])
        #expect(contacts.first?.addresses == [.number("+41791234567")])
        #expect(omitted == 1)
    }

    @Test func `a card without a UID is the same contact whenever it comes`() throws {
        let file = Array("BEGIN:VCARD\nFN:Mum\nTEL:1234567\nEND:VCARD\n".utf8)
        #expect(try cards.contacts(from: file).contacts.map(\.uid) == cards.contacts(from: file).contacts.map(\.uid))
    }

    @Test func `an export loses nothing`() throws {
        let file = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:1\r\nFN:Mum\r\nTEL;TYPE=cell:+41791234567\r\nX-KEPT;A=b:yes\r\nEND:VCARD\r\n"
        #expect(try cards.contacts(from: Array(file.utf8)).contacts.first?.card == file)
    }

    @Test func `another name leaves the rest, and tells when`() throws {
        let contact = try #require(try cards.contacts(from: Array("BEGIN:VCARD\nUID:1\nFN:Mum\nTEL:+41791234567\nNOTE:kept\nEND:VCARD\n".utf8)).contacts.first)
        let changed = try #require(cards.changed(contact, name: "Mother", numbers: ["044 668 18 00"]))
        #expect(changed.uid == "1")
        #expect(changed.name == "Mother")
        #expect(changed.addresses == [.number("+41446681800")])
        #expect(changed.card.contains("NOTE:kept"))
        #expect(changed.card.contains("REV:2023-11-14T22:13:20Z"))
        #expect(!changed.card.contains("FN:Mum"))
    }

    @Test func `a new contact has a UID of its own`() throws {
        let one = try #require(cards.changed(nil, name: "A", numbers: [])), other = try #require(cards.changed(nil, name: "B", numbers: ["+41791234567"]))
        #expect(one.uid != other.uid)
        #expect(other.addresses == [.number("+41791234567")])
        #expect(cards.changed(nil, name: " \u{202E} ", numbers: []) == nil)
    }

    @Test func `a name is one line, whatever it was`() throws {
        let evil = "\"x\" <sip:a@b>\\r\\nVia: evil\\n\u{202E}" + String(repeating: "y", count: 500)
        let contact = try #require(try cards.contacts(from: Array("BEGIN:VCARD\nFN:\(evil)\nEND:VCARD\n".utf8)).contacts.first)
        #expect(contact.name.unicodeScalars.count <= 200)
        #expect(!contact.name.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }
}
