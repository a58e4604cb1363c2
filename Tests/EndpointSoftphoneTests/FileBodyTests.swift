import SIP
import Testing

@testable import EndpointSoftphone

/// Messages of apps that name files.
@Suite struct FileBodyTests {
    private func body(_ type: String, _ text: String) throws -> IncomingBody {
        var message = try request("MESSAGE sip:+15550100@sms.example.org SIP/2.0", "Call-ID: call-1", "CSeq: 1 MESSAGE", body: Array(text.utf8))
        message.headers.set(.contentType, type)
        return IncomingBody(of: message)
    }

    @Test func `Linphone's document is read`() throws {
        let document = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#, #"<file xmlns="urn:gsma:params:xml:ns:rcs:rcs:fthttp" xmlns:am="urn:gsma:params:xml:ns:rcs:rcs:rram">"#,
            #"<file-info type="thumbnail"><data url="https://h/t"/></file-info>"#, #"<file-info type="file">"#, "<file-size>48213</file-size>",
            "<file-name>my%20photo%26.jpg</file-name>", "<content-type>image/jpeg</content-type>",
            #"<data url="https://h/a?b=1&amp;c=2" until="2027-03-30T14:24:16Z"/>"#, "</file-info>", "</file>", "",
        ].joined(separator: "\r\n")
        let file = FileTransfer(
            name: "my photo&.jpg", contentType: "image/jpeg", size: 48213, url: "https://h/a?b=1&c=2", until: "2027-03-30T14:24:16Z")
        #expect(try body("application/vnd.gsma.rcs-ft-http+xml", document) == .files([file], text: "", reference: "call-1"))
        #expect(try FileTransfer(decoding: file.encoded()) == file)
    }

    @Test func `a file that only its receivers can read is known as such`() throws {
        let document = #"<file><file-info type="file"><file-key>a2V5</file-key><file-name>x</file-name><data url="https://h/x"/></file-info></file>"#
        #expect(try FileTransfer(decoding: Array(document.utf8)).isEncrypted)
    }

    @Test(arguments: [
        "", "<file/>", #"<file><file-info type="file"><data url="https://h/x"/></file-info></file>"#,
        #"<file><file-info type="file"><file-name>x</file-name></file-info></file>"#,
        #"<!DOCTYPE file [<!ENTITY x "y">]><file><file-info><file-name>&x;</file-name><data url="https://h/x"/></file-info></file>"#,
    ])
    func `a document without a name or an address is malformed`(document: String) throws {
        guard case .malformed = try body("application/vnd.gsma.rcs-ft-http+xml", document) else {
            Issue.record("it was read")
            return
        }
    }

    @Test func `what cannot stand in XML is escaped`() throws {
        let file = FileTransfer(name: #"<a>&"b".jpg"#, contentType: "image/x&y", size: nil, url: "https://h/?a=1&b='2'")
        #expect(try FileTransfer(decoding: file.encoded()) == file)
    }

    @Test(arguments: ["application/x-acro-filetransfer+json", "application/x-acrobits-filetransfer+json"])
    func `a document of Acrobits is read, with what it may leave out`(type: String) throws {
        let document = #"{"body":"Nice","attachments":[{"content-url":"https://h/1"},{"content-type":"video/mp4","content-url":"https://h/2","#
            + #""content-size":20000,"filename":"v.mp4","encryption-key":"0102","hash":"1","preview":{"content-type":"image/jpeg","content":""}}]}"#
        let files = [
            FileTransfer(name: "picture.jpg", contentType: "image/jpeg", size: nil, url: "https://h/1"),
            FileTransfer(name: "v.mp4", contentType: "video/mp4", size: 20000, url: "https://h/2", isEncrypted: true),
        ]
        #expect(try body(type, document) == .files(files, text: "Nice", reference: "call-1"))
    }

    @Test(arguments: ["", "[]", "{}", #"{"attachments":[{}]}"#, #"{"attachments":{"content-url":"x"}}"#])
    func `other JSON is malformed`(document: String) throws {
        guard case .malformed = try body("application/x-acro-filetransfer+json", document) else {
            Issue.record("it was read")
            return
        }
    }

    @Test func `a body that lies elsewhere is read from its type`() throws {
        let type = #"message/external-body; access-type=URL; URL="https://h/a/photo.png?x=1"; size=12"#
        let file = FileTransfer(name: "photo.png", contentType: "image/png", size: 12, url: "https://h/a/photo.png?x=1")
        #expect(try body(type, "Content-Type: image/png\r\n\r\n") == .files([file], text: "", reference: "call-1"))
        guard case .malformed = try body("message/external-body; access-type=anon-ftp; site=h; name=x", "") else {
            Issue.record("it was read")
            return
        }
    }
}
