import HTTPStack
import Testing

@testable import TrunkModem

@Suite struct DNSMessageTests {
    static func query() throws -> [UInt8] { try #require(DNSMessage.query(id: 0x1234, host: "mmsc.example", type: .a)) }

    /// A reply by the book: an alias, then two addresses.
    static func reply(flags: [UInt8] = [0x81, 0x80]) throws -> [UInt8] {
        let alias: [UInt8] = [0xC0, 0x0C, 0, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xC0, 0x11]
        let first: [UInt8] = [0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 1, 2, 3]
        let second: [UInt8] = [1, 0x61, 0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 1, 2, 4]
        return [0x12, 0x34] + flags + [0, 1, 0, 3, 0, 0, 0, 0] + (try query())[12...] + alias + first + second
    }

    @Test func `a query is as RFC 1035 draws it`() throws {
        let query = try Self.query()
        #expect(query == [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4] + Array("mmsc".utf8) + [7] + Array("example".utf8) + [0, 0, 1, 0, 1])
    }

    @Test func `addresses are found behind aliases and pointers`() throws {
        let addresses = try DNSMessage.addresses(in: try Self.reply(), to: try Self.query())
        #expect(addresses.map(\.description) == ["10.1.2.3", "10.1.2.4"])
    }

    @Test func `another question's answer is none`() throws {
        var other = try Self.reply()
        other[0] = 0x99
        #expect(throws: DNSMessage.Unusable.unrelated) { try DNSMessage.addresses(in: other, to: try Self.query()) }
        let another = try #require(DNSMessage.query(id: 0x1234, host: "evil.example", type: .a))
        #expect(throws: DNSMessage.Unusable.unrelated) { try DNSMessage.addresses(in: try Self.reply(), to: another) }
    }

    @Test(arguments: [(UInt8(0x83), UInt8(0x80)), (0x81, 0x83), (0x81, 0x82)])
    func `what the resolver refuses is an error`(high: UInt8, low: UInt8) throws {
        #expect(throws: DNSMessage.Unusable.self) { try DNSMessage.addresses(in: try Self.reply(flags: [high, low]), to: try Self.query()) }
    }

    @Test func `no cut and no bit of a reply traps`() throws {
        let reply = try Self.reply()
        let query = try Self.query()
        for end in reply.indices { _ = try? DNSMessage.addresses(in: Array(reply[..<end]), to: query) }
        for place in reply.indices {
            for bit in 0..<8 {
                var damaged = reply
                damaged[place] ^= 1 << bit
                _ = try? DNSMessage.addresses(in: damaged, to: query)
            }
        }
    }

    @Test(arguments: ["", ".", String(repeating: "a", count: 64), String(repeating: "a.", count: 200)])
    func `what is no host name is not asked for`(host: String) {
        #expect(DNSMessage.query(id: 1, host: host, type: .a) == nil)
    }
}
