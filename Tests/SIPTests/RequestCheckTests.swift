import SIP
import Testing

@Suite struct RequestCheckTests {
    private static let plain = [
        "Via: SIP/2.0/UDP h;branch=z9hG4bK1", "From: <sip:a@h>;tag=1", "To: <sip:b@h>", "Call-ID: 1", "CSeq: 1 MESSAGE", "Max-Forwards: 70",
    ]

    private static func verdict(_ lines: [String], method: String = "MESSAGE") throws -> RequestCheck.Verdict {
        let text = "\(method) sip:b@h SIP/2.0\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
        guard case .request(let request) = try Message(decoding: Array(text.utf8)) else { throw TortureTests.NotARequest() }
        return RequestCheck.verdict(for: request)
    }

    @Test func `the plain request passes`() throws {
        #expect(try Self.verdict(Self.plain) == .ok)
    }

    @Test(arguments: 1...4)
    func `a field that names party or transaction must be there once`(index: Int) throws {
        for lines in [Self.plain.enumerated().filter { $0.offset != index }.map(\.element), Self.plain + [Self.plain[index]]] {
            guard case .reject(.badRequest, _) = try Self.verdict(lines) else {
                Issue.record("a rejection expected of \(lines)")
                return
            }
        }
    }

    @Test(arguments: ["Via", "From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length"], [1, 2, 5, 8])
    func `a known name with NULs behind it is not that name`(name: String, count: Int) throws {
        let nulls = String(repeating: "\0", count: count)
        let line = Self.plain.first { $0.hasPrefix(name) } ?? "\(name): 0"
        let others = Self.plain.filter { $0 != line }
        #expect(try Self.verdict([line] + others) == .ok)
        #expect(try Self.verdict([line.replacing("\(name):", with: "\(name)\(nulls):")] + others) != .ok)
    }

    @Test(arguments: ["Via:", "Via: ,", "Via: ;", "v: SIP/2.0/UDP"])
    func `a Via that names nobody is none`(line: String) throws {
        guard case .reject(.badRequest, _) = try Self.verdict([line] + Self.plain.dropFirst()) else {
            Issue.record("a rejection expected")
            return
        }
        #expect(try Self.verdict(["Via: ,"] + Self.plain) == .ok)
    }

    @Test func `nobody is answered without a Via, and no ACK ever`() throws {
        #expect(try Self.verdict(Array(Self.plain.dropFirst())) == .drop(reason: "no Via"))
        guard case .drop = try Self.verdict(Self.plain, method: "ACK") else {
            Issue.record("a drop expected")
            return
        }
    }

    @Test(arguments: [
        "Max-Forwards: 256", "Max-Forwards: -1", "Max-Forwards: x", "Expires: 4294967296", "Expires: soon", "Contact: <sip:a@h", "Content-Type: text",
        "Content-Length: 1", "Content-Length: -1", "Route: sip", "Via: SIP/2.0/UDP", "Via: SIP/2.0/UDP h;branch=z9hG4bK", "Via: SIP/3.0/UDP h", "To: <sip:evil@h>;tag=", "t: <sip:x@h>", "no colon",
    ])
    func `one wrong field is enough`(line: String) throws {
        guard case .reject(.badRequest, _) = try Self.verdict(Self.plain.filter { !line.hasPrefix("Max") || !$0.hasPrefix("Max") } + [line]) else {
            Issue.record("a rejection expected")
            return
        }
    }

    @Test(arguments: ["Subject: \u{1F389}", "X: ;;,,", "Date: never", "Supported:", "Accept:", "Authorization: Digest x", "User-Agent: (((", "Contact:", "Content-Length: 0"])
    func `what is not acted on is not judged`(line: String) throws {
        #expect(try Self.verdict(Self.plain + [line]) == .ok)
    }
}
