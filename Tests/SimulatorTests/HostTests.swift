import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Simulator

@Suite struct HostTests {
    /// A host with one modem, its paths in a directory of its own.
    private static func withHost(_ body: (ModemHost, String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sim-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { Bench.noon })
        let ports: [ModemPort] = [.pseudoTerminal(link: directory + "/modem"), .tcp(host: "127.0.0.1", port: 0)]
        do {
            try await host.add(VirtualModem(personality: .generic, sim: SIMCard(number: Bench.number)), on: ports)
            try await body(host, directory + "/modem")
            await host.close()
        } catch {
            await host.close()
            throw error
        }
        #expect(!FileManager.default.fileExists(atPath: directory + "/modem"))
        try FileManager.default.removeItem(atPath: directory)
    }

    /// Types on a port of its own; what came back by the time `end` was seen.
    private static func talk(on port: Int, _ text: String, until end: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var seen = ""
            for try await buffer in inbound {
                seen += String(buffer: buffer)
                if seen.contains(end) { break }
            }
            return seen
        }
    }

    @Test(.timeLimit(.minutes(10))) func `One terminal goes and the next finds the modem as it was left`() async throws {
        try await HostTests.withHost { host, _ in
            let port = try #require(await host.tcpPort(of: Bench.number))
            #expect(try await HostTests.talk(on: port, "ATE0;+CNMI=2,1,0,0,0\r", until: "OK\r\n").hasPrefix("ATE0"))
            #expect(try await HostTests.talk(on: port, "AT+CNMI?\r", until: "OK\r\n") == "\r\n+CNMI: 2,1,0,0,0\r\n\r\nOK\r\n")
        }
    }

    @Test(.timeLimit(.minutes(10))) func `The link is there, goes with the modem and comes back with it`() async throws {
        try await HostTests.withHost { host, link in
            #expect(target(of: link)?.hasPrefix("/dev/pts/") == true)
            await host.inject(.vanish(for: nil), into: Bench.number)
            #expect(target(of: link) == nil)
            await host.inject(.plug, into: Bench.number)
            #expect(target(of: link)?.hasPrefix("/dev/pts/") == true)
        }
    }

    @Test(.timeLimit(.minutes(10))) func `A file that is no link is left alone`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("file-\(UUID().uuidString)").path
        #expect(FileManager.default.createFile(atPath: path, contents: Data("mine".utf8)))
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { 0 })
        await #expect(throws: PortError.self) { try await host.add(VirtualModem(personality: .generic), on: [.pseudoTerminal(link: path)]) }
        await host.close()
        #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
        try FileManager.default.removeItem(atPath: path)
    }

    private func target(of link: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    }

    struct Order: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let line: String
        let answer: String
    }

    @Test(.timeLimit(.minutes(10)), arguments: [
        Order(testDescription: "a text", line: #"{"command":"text","from":"+1555","text":"hi"}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "a TPDU as it stands", line: #"{"command":"pdu","hex":"0004038155F5000062112100000000026834"}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "nothing sent yet", line: #"{"command":"sent"}"#, answer: #"{"ok":true,"sent":[]}"#),
        Order(testDescription: "the state", line: #"{"command":"state"}"#, answer: #""sim":"ready""#),
        Order(testDescription: "a fault", line: #"{"command":"fault","fault":"hang","seconds":1}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "a fault that is none", line: #"{"command":"fault","fault":"frost"}"#, answer: #"no fault is called frost"#),
        Order(testDescription: "a fault of the air", line: #"{"command":"air","fault":"zone","code":-24}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "reports", line: #"{"command":"reports","outcome":"failed","seconds":0.5}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "an echo", line: #"{"command":"phones","mode":"echo"}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "pictures outside", line: #"{"command":"pictures"}"#, answer: #""pictures":[]"#),
        Order(testDescription: "a picture without an MMSC", line: #"{"command":"picture","from":"+1555","text":"hi"}"#, answer: "no MMSC here"),
        Order(testDescription: "a fault of the MMSC", line: #"{"command":"mmsc","fault":"status","code":404}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "a fault that no MMSC has", line: #"{"command":"mmsc","fault":"frost"}"#, answer: "no fault of the MMSC is called frost"),
        Order(testDescription: "reports on pictures", line: #"{"command":"pictureReports","outcome":"expired"}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "reports that are none", line: #"{"command":"pictureReports","outcome":"lost"}"#, answer: "not lost"),
        Order(testDescription: "a reset", line: #"{"command":"reset"}"#, answer: #"{"ok":true}"#),
        Order(testDescription: "a text without a sender", line: #"{"command":"text","text":"hi"}"#, answer: "from is missing"),
        Order(testDescription: "a sender too long for a name", line: #"{"command":"text","from":"a name that is too long","text":"hi"}"#, answer: #""ok":false"#),
        Order(testDescription: "another line", line: #"{"command":"state","line":"+999"}"#, answer: "no such line"),
        Order(testDescription: "no JSON", line: "hello", answer: #""ok":false"#),
        Order(testDescription: "nothing", line: "", answer: #""ok":false"#),
    ])
    func `The control interface does as told or says why not`(order: Order) async throws {
        try await HostTests.withHost { host, _ in
            let answer = String(decoding: await host.answer(Array(order.line.utf8)), as: UTF8.self)
            #expect(answer.contains(order.answer))
        }
    }
}
