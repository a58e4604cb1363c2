import Exchange
import Files
import HTTPStack
import HomelineTesting
import Logging
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

/// The file server as apps meet it, but for the sockets.
@Suite struct FileServerTests {
    private let clock = ManualClock(start)
    private let media: MemoryMediaStore
    private let server: FileServer
    private let site: Site

    init() throws {
        let clock = clock
        media = MemoryMediaStore(clock: clock)
        let links = FileLinks(publicURL: try #require(WebURL("http://sms.example.org:8080"))) { octets in
            [UInt8](repeating: octets.reduce(7) { $0 &* 31 &+ $1 }, count: 32)
        }
        server = FileServer(
            links: links, media: media, mint: Mint.repeatable(clock), uploads: UploadWatch(), limit: 1000,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { $0.authorization == "Digest right" ? .person("alice") : .challenges(["Digest one", "Digest two"]) }
        let shared = SharedFiles(links: links, media: media, ledger: MemoryLedger(), mint: Mint.repeatable(clock))
        site = Site(
            operations: server.routes + shared.routes, tokens: TokenGuard(ledger: MemoryLedger(), clock: clock), counts: RequestCounts(), logger: server.log)
    }

    private func post(_ body: String, type: String? = "multipart/form-data; boundary=x", authorization: String? = "Digest right") async -> Response {
        var headers = ["From": "sip:alice@sms.example.org"]
        headers["Content-Type"] = type
        headers["Authorization"] = authorization
        return await site.respond(to: Request(.post, "/files", headers: headers, body: Array(body.utf8), source: .network("192.0.2.1")))
    }

    private func get(_ url: String, _ headers: [String: String] = [:]) async throws -> (response: Response, body: [UInt8]) {
        let target = url.replacing("http://sms.example.org:8080", with: "")
        let response = await site.respond(to: Request(.get, target, headers: headers, source: .network("192.0.2.1")))
        switch response.body {
        case .octets(let octets): return (response, octets)
        case .stream(let length, let next):
            var octets: [UInt8] = []
            while let piece = try await next() { octets += piece }
            #expect(octets.count == length)
            return (response, octets)
        }
    }

    private func form(_ content: String, name: String = "photo.jpg") -> String {
        "--x\r\nContent-Disposition: form-data; name=\"File\"; filename=\"\(name)\"\r\nContent-Type: image/jpeg\r\n\r\n\(content)\r\n--x--\r\n"
    }

    /// The address in an answer to an upload.
    private func address(_ response: Response) throws -> String {
        guard case .octets(let octets) = response.body else { throw CancellationError() }
        let text = String(decoding: octets, as: UTF8.self)
        let start = try #require(text.firstRange(of: "url=\"")).upperBound
        return String(text[start...].prefix { $0 != "\"" })
    }

    @Test func `who says nothing is challenged, and who proves themselves is let in with 204`() async {
        let stranger = await post("", type: nil, authorization: nil)
        #expect(stranger.status == 401)
        #expect(stranger.headers.map(\.value) == ["Digest one", "Digest two"])
        let known = await post("", type: nil)
        #expect(known.status == 204)
        #expect(await post(form("JPEG"), authorization: nil).status == 401)
        #expect(await media.room().used == 0)
    }

    @Test func `a file left here can be fetched as it was`() async throws {
        let answer = await post(form("JPEG data", name: "my%20photo%26.jpg"))
        #expect(answer.status == 200)
        #expect(answer.contentType.hasPrefix("application/vnd.gsma.rcs-ft-http+xml"))
        let (response, body) = try await get(try address(answer))
        #expect(response.status == 200)
        #expect(response.contentType == "image/jpeg")
        #expect(String(decoding: body, as: UTF8.self) == "JPEG data")
        let fields = Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        #expect(fields["Content-Disposition"] == "inline; filename=\"my_photo_.jpg\"; filename*=UTF-8''my_photo_.jpg")
        #expect(fields["Content-Security-Policy"]?.hasPrefix("sandbox") == true)
    }

    @Test func `ranges and marks are honoured`() async throws {
        let address = try address(await post(form("0123456789")))
        let whole = try await get(address)
        let mark = try #require(whole.response.headers.first { $0.name == "ETag" }).value
        let part = try await get(address, ["Range": "bytes=2-4"])
        #expect(part.response.status == 206)
        #expect(part.response.headers.contains { $0.name == "Content-Range" && $0.value == "bytes 2-4/10" })
        #expect(String(decoding: part.body, as: UTF8.self) == "234")
        #expect(try await get(address, ["Range": "bytes=10-"]).response.status == 416)
        #expect(try await get(address, ["If-None-Match": "\"other\", \(mark)"]).response.status == 304)
        #expect(try await get(address, ["Range": "bytes=2-4", "If-Range": mark]).response.status == 206)
        #expect(try await get(address, ["Range": "bytes=2-4", "If-Range": "\"other\""]).response.status == 200)
    }

    @Test func `an address ends with its time, and a forged one is nothing`() async throws {
        let address = try address(await post(form("JPEG")))
        #expect(try await get(address.replacing("photo.jpg", with: "other.jpg")).response.status == 404)
        #expect(try await get("/files/x/y").response.status == 404)
        clock.advance(by: FileLinks.lifetime)
        #expect(try await get(address).response.status == 410)
    }

    @Test func `a file that was swept away is gone`() async throws {
        let address = try address(await post(form("JPEG")))
        clock.advance(by: .seconds(2 * 86400))
        for _ in 0..<2 { _ = try await media.sweep(now: clock.now()) { _ in [] } }
        #expect(try await get(address).response.status == 410)
    }

    @Test(arguments: [
        "", "--x\r\nContent-Disposition: form-data; name=\"File\"; filename=\"a\"\r\n\r\nJPEG", "--x\r\n\r\nno file\r\n--x--\r\n", "--xy\r\n",
    ])
    func `of a form without a whole file nothing is kept`(form: String) async {
        #expect(await post(form).status == 400)
        #expect(await media.room().used == 0)
        #expect(!server.uploads.isUploading("alice"))
    }

    @Test func `what is too large is refused as apps show it`() async {
        #expect(await post(form(String(repeating: "a", count: 1001))).status == 400)
        #expect(await post(form(String(repeating: "a", count: 1000))).status == 200)
    }

    @Test func `a body that is no form is refused`() async {
        #expect(await post("JPEG", type: "image/jpeg").status == 415)
    }

    @Test func `what browsers would run is not shown`() async throws {
        let page = form("<script>").replacing("image/jpeg", with: "text/html")
        let fetched = try await get(try address(await post(page))).response
        #expect(fetched.headers.contains { $0.name == "Content-Disposition" && $0.value.hasPrefix("attachment") })
    }
}
