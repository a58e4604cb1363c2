import Console
import Exchange
import Foundation
import HTTPStack
import Telephony
import Testing

@Suite struct PartTests {
    private static let photo = [UInt8](repeating: 0xD8, count: 9000)
    private static let card = Array("BEGIN:VCARD".utf8)

    private func document(_ parts: String, text: String? = "look") -> String {
        let words = text.map { #""text":"\#($0)","# } ?? ""
        return #"{"line":"home","to":["+15550100"],\#(words)"subject":"Holiday","idempotencyKey":"k","parts":[\#(parts)]}"#
    }

    private func part(_ octets: [UInt8], _ type: String = "image/jpeg", name: String? = "photo.jpg") -> String {
        let name = name.map { #","name":"\#($0)""# } ?? ""
        return #"{"contentType":"\#(type)"\#(name),"base64":"\#(Data(octets).base64EncodedString())"}"#
    }

    private func octets(_ response: Response) async throws -> [UInt8] {
        guard case .stream(let length, let next) = response.body else { throw CancellationError() }
        var octets: [UInt8] = []
        while let piece = try await next() { octets += piece }
        #expect(octets.count == length)
        return octets
    }

    @Test func `files go with a message, and each can be read as it was given`() async throws {
        let bench = try await Bench(carriage: ["home": [.files, .groups]])
        let body = document("\(part(Self.photo)),\(part(Self.card, "text/vcard", name: nil))")
        let response = await bench.ask(.post, "/api/v1/messages", token: Bench.sender, body)
        #expect(response.status == 202)
        let id = try #require(try response.json["id"]?.text)
        let record = try await bench.ask(.get, "/api/v1/messages/\(id)", token: Bench.reader).json
        #expect(record["subject"]?.text == "Holiday")
        let parts = try #require(record["parts"]?.elements)
        #expect(parts.map { $0["url"]?.text } == (0..<3).map { "/api/v1/messages/\(id)/parts/\($0)" })
        #expect(parts.map { $0["name"]?.text } == [nil, "photo.jpg", nil])
        let photo = await bench.ask(.get, "/api/v1/messages/\(id)/parts/1", token: Bench.reader)
        #expect(photo.contentType == "image/jpeg")
        #expect(photo.headers.contains { $0.name == "Content-Disposition" && $0.value.hasPrefix("attachment; filename=\"photo.jpg\"") })
        #expect(try await octets(photo) == Self.photo)
        #expect(try await octets(await bench.ask(.get, "/api/v1/messages/\(id)/parts/2", token: Bench.reader)) == Self.card)
        #expect(try await octets(await bench.ask(.get, "/api/v1/messages/\(id)/parts/0", token: Bench.reader)) == Array("look".utf8))
        // The large one lies beside the ledger, the small one within.
        #expect(await bench.media.room().used == Self.photo.count)
    }

    @Test func `the same key with the same files is the same message, and with others a conflict`() async throws {
        let bench = try await Bench(carriage: ["home": [.files, .groups]])
        let first = await bench.ask(.post, "/api/v1/messages", token: Bench.sender, document(part(Self.photo)))
        let second = await bench.ask(.post, "/api/v1/messages", token: Bench.sender, document(part(Self.photo)))
        #expect(try first.json["id"]?.text == second.json["id"]?.text)
        let other = await bench.ask(.post, "/api/v1/messages", token: Bench.sender, document(part(Self.card)))
        #expect(other.refusal == "409 idempotencyKey")
    }

    @Test func `a photo needs no words`() async throws {
        let bench = try await Bench(carriage: ["home": [.files, .groups]])
        #expect(await bench.ask(.post, "/api/v1/messages", token: Bench.sender, document(part(Self.photo), text: nil)).status == 202)
        #expect(await bench.ask(.post, "/api/v1/messages", token: Bench.sender, document("", text: nil)).refusal == "422 parts")
    }

    @Test func `over a line that sends texts only files are refused, and nothing is kept`() async throws {
        let bench = try await Bench()
        #expect(await bench.ask(.post, "/api/v1/messages", token: Bench.sender, document(part(Self.photo))).refusal == "422 parts")
        #expect(await bench.media.room().used == 0)
    }

    @Test(arguments: [
        (#"{"contentType":"image/jpeg","base64":"%%%"}"#, "422 parts[0].base64"), (#"{"contentType":"image/jpeg","base64":""}"#, "422 parts[0].base64"),
        (#"{"contentType":"jpeg","base64":"AAAA"}"#, "422 parts[0].contentType"), (#"{"contentType":"a/b\r\nX: y","base64":"AAAA"}"#, "422 parts[0].contentType"),
        (#"{"contentType":"image/jpeg","name":"../x","base64":"AAAA"}"#, "422 parts[0].name"), (#"{"contentType":"image/jpeg"}"#, "400 base64"),
        (#"{"contentType":"image/jpeg","base64":"AAAA","more":1}"#, "400 more"), ("1", "400 parts[0]"),
    ])
    func `what is no file is refused by name`(part: String, refusal: String) async throws {
        let bench = try await Bench(carriage: ["home": [.files, .groups]])
        #expect(await bench.ask(.post, "/api/v1/messages", token: Bench.sender, document(part)).refusal == refusal)
        #expect(try await bench.ledger.messages(after: nil, limit: 1, lines: nil).isEmpty)
    }

    @Test func `who may only send may not read`() async throws {
        let bench = try await Bench()
        let id = try await bench.submit()
        #expect(await bench.ask(.get, "/api/v1/messages/\(id)/parts/0", token: Bench.sender).status == 403)
        for number in ["1", "-1", "x", "99999", "+0"] {
            #expect(await bench.ask(.get, "/api/v1/messages/\(id)/parts/\(number)", token: Bench.reader).status == 404)
        }
    }
}
