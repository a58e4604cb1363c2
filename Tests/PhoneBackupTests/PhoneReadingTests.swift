import HomelineTesting
import PhoneBackup
import Testing
import Wire

@Suite struct PhoneReadingTests {
    /// Made by hand after "Fields in XML backup files" of synctech.com.au, with what the app is known to write: an instruction, emoji as references to
    /// surrogates, and "null" where there is nothing.
    static let file = """
        <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
        <!--File Created By SMS Backup & Restore v10-->
        <?xml-stylesheet type="text/xsl" href="sms.xsl"?>
        <smses count="4" backup_set="a-b" backup_date="1700000000000" type="full">
          <sms protocol="0" address="+41791234567" date="1699999999123" type="1" subject="null" body="Salut &#55357;&#56832; &amp; &lt;b&gt; &quot;x&quot; &apos;y&apos;&#10;zwei" toa="null" sc_toa="null" service_center="+41794999000" read="1" status="-1" locked="0" date_sent="1699999998000" sub_id="1" readable_date="14 Nov 2023" contact_name="Mum" />
          <sms protocol="0" address="079 123 45 67" date="1699999999500" type="2" subject="null" body='single "quotes" &gt;' read="1" status="0" contact_name="(Unknown)"/>
          <sms address="x" date="1" type="3" body="draft" />
          <mms date="1700000001000" ct_t="application/vnd.wap.multipart.related" msg_box="1" rr="129" sub="Holidays" read_status="null" address="+41791234567~+41791234568" m_id="abc" read="1" m_size="null" m_type="132" date_sent="1700000000" readable_date="x" contact_name="Mum, Dad">
            <parts>
              <part seq="-1" ct="application/smil" name="null" chset="null" cd="null" fn="null" cid="&lt;smil&gt;" cl="smil.xml" ctt_s="null" ctt_t="null" text="&lt;smil&gt;&lt;/smil&gt;" />
              <part seq="0" ct="image/jpeg" name="null" chset="null" cd="null" fn="null" cid="&lt;p&gt;" cl="p.jpg" ctt_s="null" ctt_t="null" text="null" data="/9j/4A==" />
              <part seq="0" ct="text/plain" name="null" chset="106" cd="null" fn="null" cid="&lt;t&gt;" cl="t.txt" ctt_s="null" ctt_t="null" text="look" />
            </parts>
            <addrs>
              <addr address="+41791234568" type="137" charset="106" />
              <addr address="insert-address-token" type="151" charset="106" />
              <addr address="+41791234567" type="151" charset="106" />
            </addrs>
          </mms>
        </smses>
        """

    @Test(arguments: [1, 3, 64, 100_000])
    func `a file is read, however it comes`(_ piece: Int) throws {
        let records = try Self.read(Self.file, pieces: piece)
        try #require(records.count == 4)
        #expect(
            records[0]
                == .short(
                    ShortRecord(
                        address: "+41791234567", date: 1_699_999_999_123, box: .received, body: "Salut 😀 & <b> \"x\" 'y'\nzwei", sentDate: 1_699_999_998_000,
                        contactName: "Mum")))
        #expect(records[1] == .short(ShortRecord(address: "079 123 45 67", date: 1_699_999_999_500, box: .sent, body: "single \"quotes\" >")))
        #expect(records[2] == .short(ShortRecord(address: "x", date: 1, box: .other(3), body: "draft")))
        guard case .picture(let picture) = records[3] else { throw DecodeError("mms", at: 0, .invalid("a picture message expected")) }
        #expect(picture.addresses == ["+41791234567", "+41791234568"])
        #expect(picture.subject == "Holidays")
        #expect(picture.sentDate == 1_700_000_000_000)
        #expect(picture.sender == "+41791234568")
        #expect(picture.parts.map(\.contentType) == ["application/smil", "image/jpeg", "text/plain"])
        #expect(picture.parts[1] == RecordPart(contentType: "image/jpeg", name: "p.jpg", content: .octets([0xFF, 0xD8, 0xFF, 0xE0])))
        #expect(picture.parts[2].content == .text("look"))
    }

    @Test(arguments: [
        ("&#55357;", "\u{FFFD}"), ("&#56832;", "\u{FFFD}"), ("&#55357;x&#56832;", "\u{FFFD}x\u{FFFD}"), ("&#55357;&#55357;&#56832;", "\u{FFFD}😀"),
        ("&#x1F600;", "😀"), ("&#0;", "\u{FFFD}"), ("&#55357;&amp;", "\u{FFFD}&"), ("a&#13;&#10;b", "a\r\nb"),
    ])
    func `references give characters, or the one for none`(_ written: String, _ text: String) throws {
        let records = try Self.read("<smses><sms address=\"1\" date=\"2\" type=\"1\" body=\"\(written)\"/></smses>")
        #expect(records == [.short(ShortRecord(address: "1", date: 2, box: .received, body: text))])
    }

    @Test(arguments: [
        "<!DOCTYPE x [<!ENTITY a \"b\">]><smses></smses>", "<smses><sms body=\"&a;\"/></smses>", "<html></html>", "<smses><sms body=\"x", "<smses><sms body=x/></smses>",
        "<smses><mms date=\"1\" msg_box=\"1\">", "", "texts", "<smses><![CDATA[x]]></smses>", "<smses><sms body=\"&#x;\"/></smses>",
    ])
    func `what is no such file, or has entities of its own, is refused`(_ text: String) {
        #expect(throws: DecodeError.self) { try Self.read(text) }
    }

    @Test func `what cannot be a message is counted`() throws {
        var reading = PhoneReading()
        #expect(try reading.take(Array("<smses><sms body=\"no address\"/><sms address=\"1\" date=\"x\" type=\"1\"/><call number=\"1\"/></smses>".utf8)).isEmpty)
        #expect(reading.unreadable == 2)
    }

    @Test func `whatever comes does not trap`() {
        var random = SplitMix(seed: 9)
        let alphabet = Array("<>/=\"' &#;xsmsmp!-?[]0129".utf8) + [0xFF]
        for _ in 0..<400 {
            let noise = (0..<150).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            _ = try? Self.read("<smses>" + String(decoding: noise, as: UTF8.self), pieces: 17)
        }
    }

    static func read(_ text: String, pieces: Int = .max) throws -> [PhoneRecord] {
        var reading = PhoneReading(), records: [PhoneRecord] = [], octets = Array(text.utf8)[...]
        while !octets.isEmpty {
            records += try reading.take(octets.prefix(pieces))
            octets = octets.dropFirst(pieces)
        }
        try reading.finish()
        return records
    }
}

@Suite struct PhoneWritingTests {
    @Test(arguments: ["hello", "<&>\"'\n\r\t", "😀 Zoë", "\u{0}\u{1}\u{FFFE}", "]]> <!-- "])
    func `what is written is read as the same, but for what XML has no place for`(_ text: String) throws {
        let record = ShortRecord(address: "+15550100", date: 1_700_000_000_000, box: .sent, body: text, sentDate: 1_699_999_999_000, contactName: "Mum")
        let file = PhoneWriting.head(count: 1, set: "s", date: 1) + PhoneWriting.element(record, readableDate: "d") + PhoneWriting.end
        var expected = record
        expected.body = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 9 || $0.value == 0xFFFE ? "\u{FFFD}" : $0 }))
        #expect(try PhoneReadingTests.read(file) == [.short(expected)])
    }
}
