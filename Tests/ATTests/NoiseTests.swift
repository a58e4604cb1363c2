import HomelineTesting
import Testing
import Wire

@testable import AT

/// R15: what a line and a talkative modem do to answers.
@Suite struct NoiseTests {
    private static let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07"
    /// A command, its echo, and what it is answered, line by line.
    private static let dialogues: [(command: Command, answer: [String])] = [
        (.listMessages, ["+CMGL: 0,1,,30", pdu, "+CMGL: 7,0,\"x\",30", pdu, "OK"]), (.readMessage(3), ["+CMGR: 0,,30", pdu, "OK"]),
        (.registration, ["+CREG: 2,1,\"00C3\",\"0000AB12\",2", "OK"]), (.storageUse, ["+CPMS: \"SM\",1,20,\"SM\",1,20,\"SM\",1,20", "OK"]),
        (.identification, ["Manufacturer: Acme", "Model: 1", "OK"]), (.signalQuality, ["+CSQ: 17,99", "OK"]), (.pinState, ["+CME ERROR: 14"]),
        (.echoOff, ["OK"]),
    ]
    /// What a modem says by itself, whole.
    private static let notifications: [[String]] = [
        ["+CMTI: \"SM\",3"], ["RING"], ["^RSSI:19"], ["^BOOT:12345,0,0,0,6"], ["+CREG: 5"], ["+CDSI: \"SM\",4"], ["+CMT: ,30", pdu], ["+CDS: 25", "0006"],
        ["+CUSD: 0,\"Balance\n5 EUR\",15"], ["+CLIP: \"+15550100\",145"], ["^MODE:5,4"], ["NO CARRIER"],
    ]

    private struct Heard: Equatable {
        var replies: [Reply] = []
        var unsolicited: [Unsolicited] = []
    }

    /// A session that is ready, and has issued the command.
    private static func session(_ command: Command) -> Session {
        var session = Session()
        _ = session.handle(.event(.opened))
        for _ in 0..<2 { _ = session.handle(.event(.frame(.line("OK")))) }
        _ = session.handle(.fired(.settle))
        _ = session.handle(.event(.issue(command)))
        return session
    }

    private static func heard(_ command: Command, _ chunks: [[UInt8]]) -> Heard {
        var session = session(command)
        var framer = LineFramer()
        var heard = Heard()
        for frame in chunks.flatMap({ framer.feed($0) }) {
            for case .effect(let effect) in session.handle(.event(.frame(frame))) {
                switch effect {
                case .answered(_, let reply): heard.replies.append(reply)
                case .unsolicited(let notification): heard.unsolicited.append(notification)
                case .write, .ready, .prompted, .stray, .hung: break
                }
            }
        }
        return heard
    }

    private static func octets(_ lines: [String]) -> [UInt8] { lines.flatMap { Array("\r\n\($0)\r\n".utf8) } }

    @Test func `an answer cut at any octet is the same answer`() {
        for (command, answer) in Self.dialogues {
            let octets = Array((command.text + "\r").utf8) + Self.octets(answer)
            let whole = Self.heard(command, [octets])
            #expect(whole.replies.count == 1 && whole.unsolicited.isEmpty)
            for place in octets.indices {
                #expect(Self.heard(command, [Array(octets[..<place]), Array(octets[place...])]) == whole)
            }
        }
    }

    @Test func `a thousand interleavings of notifications, echo, noise and cuts change no answer and hide no notification`() {
        var random = SplitMix(seed: 15)
        for round in 0..<1_000 {
            let (command, answer) = Self.dialogues[round % Self.dialogues.count]
            var lines = Bool.random(using: &random) ? [[command.text]] : []
            var told: [[String]] = []
            for line in answer {
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    let notification = Self.notifications.randomElement(using: &random) ?? []
                    told.append(notification)
                    lines.append(notification)
                }
                lines.append([line])
            }
            var octets: [UInt8] = []
            for line in lines.joined() {
                octets += Self.octets([line])
                if Int.random(in: 0..<4, using: &random) == 0 { octets += [0xFF, 0x00, 0xFF].shuffled(using: &random) }
            }
            let heard = Self.heard(command, Self.cut(octets, &random))
            let quiet = Self.heard(command, [Self.octets(answer)])
            let alone = told.flatMap { Self.heard(.attention, [Self.octets($0)]).unsolicited }
            #expect(heard.replies == quiet.replies, "round \(round)")
            #expect(heard.unsolicited == alone, "round \(round)")
        }
    }

    private static func cut(_ octets: [UInt8], _ random: inout SplitMix) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        var rest = octets[...]
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 1...24, using: &random))
            chunks.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return chunks
    }

    @Test(arguments: [UInt8(ascii: "x"), 0xFF, 0x00, UInt8(ascii: ">"), UInt8(ascii: "\""), 0x80])
    func `a megabyte without a line end leaves the framer small and the next line whole`(octet: UInt8) {
        var framer = LineFramer()
        let chunk = [UInt8](repeating: octet, count: 4_096)
        let frames = (0..<256).flatMap { _ in framer.feed(chunk) }
        // These are no part of a line, or a prompt each.
        let isLine = ![0x00, 0xFF, UInt8(ascii: ">")].contains(octet)
        #expect(frames.filter { $0 != .prompt } == (isLine ? [.overlong(limit: 65_536)] : []))
        #expect(framer.feed(Array("\r\nOK\r\n".utf8)).last == .line("OK"))
    }

    @Test func `an answer without an end is bounded`() {
        var session = Self.session(.listMessages)
        for place in 0..<10_000 { _ = session.handle(.event(.frame(.line("+CMGL: \(place),1,,30")))) }
        guard case .running(let exchange) = session.state else {
            Issue.record("not running")
            return
        }
        #expect(exchange.lines.count == Session.answerLimit)
    }
}
