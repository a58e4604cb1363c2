import SIP
import Testing
import Wire

@Suite struct HeaderFixtureTests {
    private static let forms: [String: @Sendable (String) throws -> String] = [
        "Via": { try Via(decoding: $0).description },
        "CSeq": { try CSeq(decoding: $0).description },
        "Contact": { try Contact(decoding: $0).description },
        "Content-Type": { try ContentType(decoding: $0).description },
        "Reason": { try Reason(decoding: $0).description },
        "Digest challenge": { try Digest.Challenge(decoding: $0).description },
        "Digest credentials": { try Digest.Credentials(decoding: $0).description },
        "Address": { try NameAddress(decoding: $0).description },
        "Date": { text in
            var headers = Headers()
            headers.append(.date, text)
            guard let date = headers.date else { throw DecodeError("Date", at: 0, .invalid("")) }
            headers.date = date
            return headers[.date] ?? ""
        },
    ]

    @Test(arguments: Vectors.rows("headers.txt"))
    func `every header type decodes to its canonical form or refuses`(row: [String]) throws {
        try #require(row.count == 3)
        let form = try #require(Self.forms[row[0]])
        if row[2] == "!" {
            #expect(throws: DecodeError.self) { try form(row[1]) }
        } else {
            let canonical = row[2] == "=" ? row[1] : row[2]
            #expect(try form(row[1]) == canonical)
            #expect(try form(canonical) == canonical)
        }
    }

    @Test(arguments: Vectors.rows("uris.txt"))
    func `URIs are compared, kept or refused`(row: [String]) throws {
        switch row[0] {
        case "same", "differ":
            let (one, other) = (try URI(decoding: row[1]), try URI(decoding: row[2]))
            #expect(one.isEquivalent(to: other) == (row[0] == "same"))
            #expect(other.isEquivalent(to: one) == (row[0] == "same"))
        case "kept":
            #expect(try URI(decoding: row[1]).description == row[1])
        default:
            #expect(throws: DecodeError.self) { try URI(decoding: row[1]) }
        }
    }

    @Test func `errors name the field and the octet in the message`() throws {
        let text = "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nCSeq: 20 OPTIONS x\r\n\r\n"
        guard case .request(let request) = try Message(decoding: Array(text.utf8)) else { throw TortureTests.NotARequest() }
        do throws(DecodeError) {
            _ = try request.headers.decodeFirst(CSeq.self)
            Issue.record("an error expected")
        } catch {
            #expect(error.path == ["CSeq", "method"])
            #expect(Array(text.utf8)[error.offset...].starts(with: " x".utf8))
        }
    }

    @Test func `an address of record is scheme, user, host and port`() throws {
        #expect(try URI(decoding: "sip:a:p@h:5070;transport=tcp?x=y").addressOfRecord.description == "sip:a@h:5070")
    }

    @Test func `preference is thousandths`() throws {
        for (text, expected) in [("0.5", 500), ("1", 1000), ("1.0", 1000), ("0.333", 333), ("0", 0), ("0.05", 50), ("2", 1000), ("x", 1000), ("0.", 0), ("1.5", 1000)] {
            #expect(try Contact(decoding: "<sip:a@h>;q=\(text)").preference == expected)
        }
        #expect(try Contact(decoding: "<sip:a@h>").preference == 1000)
    }
}
