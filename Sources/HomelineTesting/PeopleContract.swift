import Exchange
import Telephony
import Testing

/// What every address book and list of blocks promises.
public enum PeopleContract {
    public typealias Books = ContactBook & BlockList

    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        public let check: @Sendable (any Books) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (any Books) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        public var testDescription: String { sentence }
    }

    public static let clauses: [Clause] = [
        Clause("contacts are in the order of their names, a page at a time, and each person has their own") { books in
            try await books.save([contact("b", "bob"), contact("a", "Zoë"), contact("c", "Anna"), contact("d", "Anna"), contact("a", "Else", owner: "bob")])
            let first = try await books.contacts(of: "alice", matching: "", after: nil, limit: 2)
            #expect(first.map(\.uid) == ["c", "d"])
            #expect(try await books.contacts(of: "alice", matching: "", after: first.last, limit: 9).map(\.name) == ["bob", "Zoë"])
            #expect(try await books.contacts(of: "carol", matching: "", after: nil, limit: 9).isEmpty)
        },
        Clause("contacts are found by a piece of their name or number, whatever its case") { books in
            try await books.save([contact("1", "Anna Muster", "+41791234567"), contact("2", "Bob", "+15550100")])
            #expect(try await books.contacts(of: "alice", matching: "mUST", after: nil, limit: 9).map(\.uid) == ["1"])
            #expect(try await books.contacts(of: "alice", matching: "5550", after: nil, limit: 9).map(\.uid) == ["2"])
            #expect(try await books.contacts(of: "alice", matching: "%", after: nil, limit: 9).isEmpty)
        },
        Clause("a contact of the same UID takes the place of the one before") { books in
            try await books.save([contact("1", "Anna", "+15550100")])
            try await books.save([contact("1", "Anne", "+15550101")])
            #expect(try await books.contact("1", of: "alice") == contact("1", "Anne", "+15550101"))
            #expect(try await books.names(of: [.number("+15550100"), .number("+15550101")], for: "alice") == [.number("+15550101"): "Anne"])
        },
        Clause("a contact that is removed is gone with its names") { books in
            try await books.save([contact("1", "Anna", "+15550100")])
            #expect(try await books.removeContact("1", of: "bob") == false)
            #expect(try await books.removeContact("1", of: "alice"))
            #expect(try await books.contact("1", of: "alice") == nil)
            #expect(try await books.names(of: [.number("+15550100")], for: "alice").isEmpty)
        },
        Clause("an address that two contacts have is called by the first name") { books in
            try await books.save([contact("2", "Zoë", "+15550100"), contact("1", "Bob", "+15550100")])
            #expect(try await books.names(of: [.number("+15550100"), .alphanumeric("BANK")], for: "alice") == [.number("+15550100"): "Bob"])
        },
        Clause("a block is there until it is taken away, once") { books in
            let blocks = [Block(.alphanumeric("SPAM"), for: .line("home")), Block(.number("+15550100"), for: .line("home")), Block(.number("+15550100"), for: .person("alice"))]
            for block in blocks + blocks { try await books.block(block, at: at) }
            #expect(try await books.blocks() == blocks)
            #expect(try await books.unblock(blocks[1]))
            #expect(try await books.unblock(blocks[1]) == false)
            #expect(try await books.blocks() == [blocks[0], blocks[2]])
        },
    ]

    private static let at = Instant(milliseconds: 1_700_000_000_000)

    private static func contact(_ uid: String, _ name: String, _ number: String? = nil, owner: PersonID = "alice") -> Contact {
        Contact(owner: owner, uid: uid, name: name, addresses: number.map { [.number($0)] } ?? [], card: "BEGIN:VCARD", changedAt: at)
    }
}
