import SIP
import Testing
import Wire

@Suite struct StreamFramerTests {
    private static let ok = "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nl: 4\r\n\r\nabcd"

    private static func frames(_ octets: [UInt8], chunk: Int, limits: Limits = .stream) -> (frames: [StreamFramer.Frame], error: DecodeError?) {
        var framer = StreamFramer(limits: limits), frames: [StreamFramer.Frame] = []
        do throws(DecodeError) {
            for start in stride(from: 0, to: octets.count, by: chunk) {
                framer.append(octets[start..<min(start + chunk, octets.count)])
                while let frame = try framer.next() { frames.append(frame) }
            }
        } catch {
            return (frames, error)
        }
        return (frames, nil)
    }

    @Test func `octet by octet gives what at once gives`() throws {
        let stream = try ["linphone-message", "linphone-invite", "linphone-register-tcp", "linphone-cpim"].flatMap {
            try Vectors.octets("captured/\($0).sip") + Array("\r\n\r\n".utf8)
        } + Array(Self.ok.utf8)
        let whole = Self.frames(stream, chunk: stream.count)
        #expect(whole.error == nil)
        #expect(whole.frames.count == 9 && whole.frames.filter { $0 == .ping }.count == 4)
        for chunk in [1, 2, 3, 7, 100, 1000] { #expect(Self.frames(stream, chunk: chunk).frames == whole.frames) }
    }

    @Test func `a double line end between messages is a ping, a single one is nothing`() {
        let outcome = Self.frames(Array("\r\n\r\n\r\n\(Self.ok)\r\n\(Self.ok)\r\n\r\n\r\n\r\n".utf8), chunk: 1)
        #expect(outcome.frames.count { $0 == .ping } == 3)
        #expect(outcome.frames.count == 5)
    }

    @Test(arguments: ["", "l: -1\r\n", "l: five\r\n", "l: 4\r\nContent-Length: 4\r\n", "l: 4\r\nl: 5\r\n", "l: 99999999999999999999999\r\n", "l: 1073741824\r\n", "l: 4, 4\r\n", "l:\r\n", "l: +4\r\n", "l: 0x4\r\n", "Content-Length : \r\n"])
    func `a stream is refused where the length of a body is not certain`(line: String) {
        let outcome = Self.frames(Array("OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP h\r\n\(line)\r\nabcd".utf8), chunk: 5)
        #expect(outcome.error != nil && outcome.frames.isEmpty)
    }

    @Test func `what a peer may make us hold is bounded`() {
        let limits = Limits(headerSection: 2000, line: 500, fieldCount: 20, body: 1000)
        let start = "OPTIONS sip:a SIP/2.0\r\n"
        for hostile in [
            start + String(repeating: "a", count: 3000), start + "X: " + String(repeating: "a", count: 600) + "\r\n\r\n",
            start + String(repeating: "X: y\r\n", count: 30) + "\r\n", start + "l: 1001\r\n\r\n",
            start + "X: y" + String(repeating: "\r\n z", count: 900) + "\r\n\r\n",
        ] {
            #expect(Self.frames(Array(hostile.utf8), chunk: 64, limits: limits).error != nil)
            #expect(Self.frames(Array(hostile.utf8), chunk: hostile.utf8.count, limits: limits).error != nil)
        }
    }

    @Test func `what was given away is not held`() throws {
        var framer = StreamFramer()
        for _ in 0..<2000 {
            framer.append(Array(Self.ok.utf8))
            #expect(try framer.next() != nil)
        }
        #expect(framer.bufferedCount == 0)
    }

    @Test(arguments: Vectors.messages)
    func `no stream of changed octets traps`(name: String) throws {
        let octets = try Vectors.octets("\(name).sip")
        for index in stride(from: 0, to: octets.count, by: 11) {
            var mutated = octets
            mutated[index] = mutated[index] &+ 13
            _ = Self.frames(mutated + mutated, chunk: 97)
        }
    }
}
