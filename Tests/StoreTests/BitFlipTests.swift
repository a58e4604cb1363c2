import Exchange
import Foundation
import HomelineTesting
import Telephony
import Testing

@testable import Store

/// R07. One bit of the file is flipped; a thousand times with HOMELINE_LONG=1.
@Suite struct BitFlipTests {
    private static let rounds = ProcessInfo.processInfo.environment["HOMELINE_LONG"] == "1" ? 1000 : 40

    private static let count = 100

    /// What became of a ledger with a flipped bit.
    private enum Fate: Hashable {
        /// The bit was of no account: every message is served as it was.
        case harmless
        /// Served but for what is damaged, which is told.
        case told
        /// Not opened, or not read: an error says so.
        case refused
    }

    @Test func `a flipped bit anywhere in the file is told and never gives a wrong text or a trap`() async throws {
        let scratch = try Scratch()
        let messages = (0..<Self.count).map { scratch.message("message number \($0)", to: "+15550\(100 + $0)") }
        for message in messages { try await scratch.submit(message) }
        try scratch.ledger.close()
        let octets = try Data(contentsOf: URL(filePath: scratch.path))
        // What was never written is zero, and of no account.
        let written = octets.indices.filter { octets[$0] != 0 }
        var generator = SplitMix(seed: 7)
        var fates: [Fate: Int] = [:]
        var served = 0
        for round in 0..<Self.rounds {
            var flipped = octets
            let place = written[Int(generator.next() % UInt64(written.count))]
            flipped[place] ^= 1 << (generator.next() & 7)
            let path = scratch.directory.file("flipped")
            try flipped.write(to: URL(filePath: path))
            let (fate, count) = try await fate(of: path, messages, scratch, "round \(round), octet \(place)")
            fates[fate, default: 0] += 1
            if fate == .told { served += count }
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
        }
        print("R07: \(Self.rounds) flips: \(fates[.harmless, default: 0]) harmless, \(fates[.told, default: 0]) told with",
            "\(served) of \(Self.count * fates[.told, default: 0]) texts served, \(fates[.refused, default: 0]) refused")
        // One bit takes a page with it at most, and a page has a few rows.
        #expect(served * 10 >= Self.count * fates[.told, default: 0] * 9)
        #expect(fates[.told, default: 0] > 0)
    }

    private func fate(of path: String, _ messages: [Message], _ scratch: Scratch, _ place: String) async throws -> (Fate, served: Int) {
        guard let ledger = try? SQLiteLedger(path: path) else { return (.refused, 0) }
        defer { try? ledger.close() }
        let now = scratch.clock.now()
        let audit = try? await ledger.audit()
        let listed = try? await ledger.messages(after: nil, limit: 100, lines: nil)
        for record in listed ?? [] { #expect(messages.contains(record.message), "\(place)") }
        _ = try? await ledger.recover(leasedBefore: .distantFuture, now: now)
        let claims = try? await ledger.claim(.trunk("home"), limit: 100, now: now, lease: now, mint: scratch.mint).claims
        for claim in claims ?? [] {
            #expect(messages.contains(claim.message), "\(place)")
            #expect(claim.delivery.destination == .trunk("home", recipients: claim.message.participants), "\(place)")
        }
        #expect(Set((claims ?? []).map(\.message.id)).count == claims?.count ?? 0, "\(place)")
        _ = try? await ledger.entries(after: 0, limit: 1000)
        _ = try? await ledger.conversations(limit: 100, lines: nil)
        guard let audit, let listed, let claims else { return (.refused, 0) }
        let health = await ledger.health()
        let isTold = !audit.faults.isEmpty || health.state != .working
        let isWhole = listed.map(\.message) == messages && claims.count == messages.count
        #expect(isTold || isWhole, "\(place): \(listed.count) listed, \(claims.count) claimed, nothing told")
        return (isTold ? .told : .harmless, claims.count)
    }
}
