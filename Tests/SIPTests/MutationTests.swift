import HomelineTesting
import SIP
import Testing

/// Four thousand messages of no known harm and unknown shape.
@Suite(.serialized) struct MutationTests {
    private static let originals = Vectors.messages.compactMap { try? Vectors.octets("\($0).sip") }
    private static let count = 4_000

    @Test func `a message gone wrong is read or refused, never a trap and never slow`() throws {
        #expect(Self.originals.count > 70)
        var slowest = Duration.zero, outcomes: [String: Int] = [:]
        for octets in Mutations(seed: 4475, count: Self.count, of: Self.originals) {
            slowest = max(slowest, ProcessorTime.measure { outcomes[Self.outcome(of: octets), default: 0] += 1 })
        }
        print("slowest \(slowest), \(outcomes.sorted { $0.key < $1.key })")
        #expect(slowest < .seconds(1))
        // The changes are neither all harmless nor all fatal.
        #expect(outcomes["ok", default: 0] > Self.count / 20 && outcomes["rejected", default: 0] > Self.count / 20)
    }

    @Test func `what is read of it is written so that it reads the same`() throws {
        for octets in Mutations(seed: 5118, count: Self.count, of: Self.originals) {
            guard case .request(let request) = try? Message(decoding: octets), RequestCheck.verdict(for: request) == .ok else { continue }
            guard case .request(let again) = try Message(decoding: request.encoded()) else {
                Issue.record("no request any more: \(octets)")
                return
            }
            for name in [HeaderName.callID, .from, .to, .cseq] { #expect(again.headers[name] == Self.cleaned(request.headers[name])) }
            #expect(again.headers.from?.uri == request.headers.from?.uri && again.headers.to?.uri == request.headers.to?.uri)
            #expect(again.body == request.body && again.uri == request.uri)
            #expect(RequestCheck.verdict(for: again) == .ok)
        }
    }

    @Test func `an answer to it is one message with its Via`() throws {
        for octets in Mutations(seed: 3261, count: Self.count, of: Self.originals) {
            let request: Request? = if case .request(let request) = try? Message(decoding: octets) { request } else { Request(remainsOf: octets) }
            // As many fields as are read make an answer with a few more.
            guard let request, request.headers.contains(.via), request.headers.count < 250 else { continue }
            let response = Response(to: request, .badRequest, toTag: "t")
            guard case .response(let again) = try Message(decoding: response.encoded()) else {
                Issue.record("no response: \(octets)")
                return
            }
            #expect(again.status == .badRequest && again.body.isEmpty)
            #expect(again.headers[.via] == Self.cleaned(response.headers[.via]))
        }
    }

    @Test func `on a connection it is cut the same, however it comes`() {
        for (number, octets) in Mutations(seed: 5626, count: Self.count / 4, of: Self.originals).enumerated() {
            #expect(Self.frames(octets, chunk: octets.count) == Self.frames(octets, chunk: 1 + number % 97), "\(octets)")
        }
    }

    /// As a value is written: without what could end its line.
    private static func cleaned(_ value: String?) -> String? {
        value.map { text in
            let octets = text.utf8.map { [0x0D, 0x0A, 0x00].contains($0) ? 0x20 : $0 }
            let start = octets.drop { $0 == 0x20 || $0 == 0x09 }
            return String(decoding: start.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed(), as: UTF8.self)
        }
    }

    private static func outcome(of octets: [UInt8]) -> String {
        guard let message = try? Message(decoding: octets) else { return "undecodable" }
        switch message {
        case .request(let request):
            for field in request.headers { _ = HeaderName(field.name.description) }
            _ = (request.headers.authorization, request.headers.contacts, request.headers.path, request.headers.contentType, request.uri.user)
            return RequestCheck.verdict(for: request) == .ok ? "ok" : "rejected"
        case .response(let response):
            return ResponseCheck.verdict(for: response) == .ok ? "response" : "dropped"
        }
    }

    /// The frames before the stream breaks, and whether it does.
    private static func frames(_ octets: [UInt8], chunk: Int) -> [StreamFramer.Frame?] {
        var framer = StreamFramer(), frames: [StreamFramer.Frame?] = []
        do {
            for start in stride(from: 0, to: octets.count, by: max(1, chunk)) {
                framer.append(octets[start..<min(start + chunk, octets.count)])
                while let frame = try framer.next() { frames.append(frame) }
            }
        } catch {
            frames.append(nil)
        }
        return frames
    }
}
