import HomelineTesting
import Testing
import VCard
import Wire

@Suite struct CardTests {
    @Test func `a card of 4·0 is read`() throws {
        let card = try Self.card(
            """
            BEGIN:VCARD\r
            VERSION:4.0\r
            UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r
            FN:Mum\r
            item1.TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+41791234567;ext=5\r
            X-ABLabel:home\r
            END:VCARD\r
            """)
        #expect(card.name == "Mum")
        #expect(card.numbers == ["+41791234567"])
        #expect(card.uid == "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1")
        #expect(card.version == .four)
        #expect(card.properties.contains { $0.group == "item1" && $0.types == ["voice", "cell"] })
    }

    @Test func `a card as old phones write it is read`() throws {
        let card = try Self.card(
            """
            BEGIN:VCARD
            VERSION:2.1
            N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=
            =AB;;;
            FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB M=C3=BCller
            TEL;CELL;PREF:079 123 45 67
            NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo
            PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ
             SkZJRg==

            END:VCARD
            """)
        #expect(card.name == "Zoë Müller")
        #expect(card.numbers == ["079 123 45 67"])
        #expect(card.properties.first { $0.name == "TEL" }?.types == ["cell", "pref"])
        #expect(card.properties.first { $0.name == "NOTE" }?.text == "one\ntwo")
        #expect(card.properties.first { $0.name == "PHOTO" }?.value == "/9j/4AAQSkZJRg==")
        #expect(card.properties.first { $0.name == "PHOTO" }?.parameters.first == .init("ENCODING", ["b"]))
    }

    @Test func `a value goes on behind a head that is folded`() throws {
        let card = try Self.card("BEGIN:VCARD\nVERSION:2.1\nFN:Mum\nNOTE;ENCODING=\n QUOTED-PRINTABLE:one=\n=20two\nEND:VCARD\n")
        #expect(card.properties.first { $0.name == "NOTE" }?.text == "one two")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a value that goes on over very many lines takes no longer than its octets`() throws {
        let value = Array(repeating: "aaaa=\n", count: 200_000).joined(), head = Array(repeating: "X=\n ", count: 200_000).joined()
        let text = "BEGIN:VCARD\nVERSION:2.1\nFN:Mum\nPHOTO;QUOTED-PRINTABLE:\(value)end\n\(head)=\nEND:VCARD\n"
        let reading = try CardReading(Array(text.utf8))
        #expect(reading.cards.count == 1 && reading.omitted == 2)
    }

    @Test func `octets that are no UTF-8 are taken for Latin-1`() throws {
        let octets = Array("BEGIN:VCARD\nVERSION:2.1\nFN:Zo".utf8) + [0xEB] + Array("\nEND:VCARD\n".utf8)
        #expect(try CardReading(octets).cards.first?.name == "Zoë")
    }

    @Test func `what is written is read as the same, with properties that nobody knows`() throws {
        let text = """
            BEGIN:VCARD
            VERSION:3.0
            UID:1
            FN:A name\\, with\\; everything\\nin it \\\\
            N:x;y;;;
            item2.X-CUSTOM;X-PARAM="a:b;c",plain:;;structured;value
            PHOTO;ENCODING=b;TYPE=JPEG:AAAA
            NOTE:\(String(repeating: "ä😀", count: 60))
            END:VCARD
            """
        let card = try Self.card(text)
        #expect(try CardReading(card.encoded).cards == [card])
        #expect(card.name == "A name, with; everything in it \\")
        #expect(card.encoded.split(separator: 0x0A).allSatisfy { $0.count <= 76 })
    }

    @Test func `another name and other numbers leave everything else`() throws {
        var card = try Self.card("BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Mum\nTEL;TYPE=HOME:+15550100\nTEL;TYPE=WORK:+15550101\nX-KEPT:yes\nEND:VCARD")
        card.set(name: "Anna Maria Muster")
        card.set(numbers: ["+15550101", "+15550102"])
        #expect(card.name == "Anna Maria Muster")
        #expect(card.properties.first { $0.name == "N" }?.value == "Muster;Anna Maria;;;")
        #expect(card.numbers == ["+15550101", "+15550102"])
        #expect(card.properties.first { $0.name == "TEL" }?.types == ["work"])
        #expect(card.properties.contains { $0.name == "X-KEPT" })
    }

    @Test(arguments: [
        ("N:Muster;Anna;;;", "Anna Muster"), ("ORG:Muster AG;Sales", "Muster AG, Sales"), ("TEL:+15550100", "+15550100"), ("EMAIL:a@example.org", "a@example.org"),
        ("FN:  \nNICKNAME:Nick", "Nick"),
    ])
    func `a card without a name has one nevertheless`(_ lines: String, _ name: String) throws {
        #expect(try Self.card("BEGIN:VCARD\nVERSION:3.0\n\(lines)\nEND:VCARD").name == name)
    }

    @Test func `nothing that is written in a form becomes a property`() throws {
        let card = Card(name: "x\r\nEND:VCARD\r\nBEGIN:VCARD", numbers: ["+1\nX-EVIL:1"], uid: "1\r\nX-EVIL:1")
        let read = try CardReading(card.encoded).cards
        #expect(read.count == 1)
        #expect(read.first?.properties.contains { $0.name == "X-EVIL" } == false)
    }

    @Test func `what is too large is left out and counted`() throws {
        let photo = String(repeating: "A", count: CardReading.valueLimit + 1)
        let reading = try CardReading(Array("BEGIN:VCARD\nFN:a\nPHOTO:\(photo)\nnonsense\nEND:VCARD\n".utf8))
        #expect(reading.omitted == 2)
        #expect(reading.cards.first?.properties.map(\.name) == ["FN"])
    }

    @Test(arguments: ["", "hello", "BEGIN:VCARD", "BEGIN:VCALENDAR\nEND:VCALENDAR", "\"\"\"\n:\n;;;:\n=\n"])
    func `what is no file of cards is told`(_ text: String) {
        #expect(throws: DecodeError.self) { try CardReading(Array(text.utf8)) }
    }

    @Test func `whatever comes does not trap`() {
        var random = SplitMix(seed: 5)
        let alphabet = Array("BEGIN:VCARD\nEND;=\"QUOTED-PRINTABLE,TEL\\. \r\t".utf8) + [0xC3, 0xFF, 0]
        for _ in 0..<400 {
            let noise = (0..<200).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            guard let cards = try? CardReading(Array("BEGIN:VCARD\n".utf8) + noise + Array("\nEND:VCARD\n".utf8)).cards else { continue }
            for card in cards { #expect((try? CardReading(card.encoded)) != nil) }
        }
    }

    private static func card(_ text: String) throws -> Card { try #require(try CardReading(Array(text.utf8)).cards.first) }
}
