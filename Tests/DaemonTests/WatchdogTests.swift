import Exchange
import Foundation
import HomelineTesting
import Store
import Synchronization
import Testing

@testable import Daemon

@Suite struct WatchdogTests {
    /// A ledger that answers or does not, as it is told.
    private final class Switch: LedgerInterceptor {
        private let ledger = MemoryLedger()
        private let answers = Mutex(true)

        func answer(_ does: Bool) { answers.withLock { $0 = does } }

        func around<Value: Sendable>(
            _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
        ) async throws(LedgerError) -> Value {
            guard answers.withLock({ $0 }) else { throw .broken("it is gone") }
            return try await body(ledger)
        }
    }

    @Test func `a ledger that does not answer stops the sign of life, and one that answers again brings it back`() async throws {
        let manager = try ServiceManager()
        let ledger = Switch(), beats = Mutex(0)
        let heard = Mutex<[[String]]>([])
        let watchdog = Watchdog(
            supervisor: Supervisor(address: manager.address, watchdog: .seconds(15)), ledger: InterceptedLedger(ledger),
            pause: { interval in
                #expect(interval == .seconds(15))
                heard.withLock { $0.append(manager.heard()) }
                let beat = beats.withLock { beats in
                    beats += 1
                    return beats
                }
                guard beat < 3 else { throw CancellationError() }
                ledger.answer(beat == 2)
            })
        await #expect(throws: CancellationError.self) { try await watchdog.run() }
        #expect(heard.withLock(\.self) == [["WATCHDOG=1"], [], ["WATCHDOG=1"]])
    }

    /// The service manager's end: a socket of datagrams.
    private final class ServiceManager: Sendable {
        let address: String
        private let descriptor: Int32

        init() throws {
            address = "/tmp/watchdog-\(UInt32.random(in: 0...UInt32.max))"
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var own = sockaddr_un()
            own.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &own.sun_path) { $0.copyBytes(from: address.utf8) }
            let bound = withUnsafePointer(to: &own) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
            try #require(bound == 0)
        }

        deinit {
            close(descriptor)
            unlink(address)
        }

        /// What has come since the last time.
        func heard() -> [String] {
            var words: [String] = []
            var octets = [UInt8](repeating: 0, count: 256)
            while case let count = recv(descriptor, &octets, octets.count, 0), count > 0 { words.append(String(decoding: octets.prefix(count), as: UTF8.self)) }
            return words
        }
    }
}
