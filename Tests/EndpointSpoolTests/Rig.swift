import Exchange
import Foundation
import HomelineTesting
import Kinds
import Runtime
import Store
import Telephony
import Testing

@testable import EndpointSpool

/// Any run of digits is a number.
struct PlainNumbering: Numbering {
    func address(_ text: String, line: LineID) -> Address? {
        let digits = text.drop { $0 == "+" }
        guard digits.count > 2, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return text.hasPrefix("+") ? .number(text) : .shortCode(text)
    }

    func refusal(_ address: Address, line: LineID) -> Failure? { nil }
    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
}

/// An endpoint, its folders, and the ledger behind it.
struct Rig: Sendable {
    let directory: TemporaryDirectory
    let ledger = MemoryLedger()
    let clock: ManualClock
    let mint: Mint
    let layout: StandInLayout

    init(folders: [String] = ["in", "out", "sent", "failed", "report", "state"]) throws {
        directory = try TemporaryDirectory()
        for folder in folders { try Folder(directory.file(folder)).make() }
        clock = ManualClock(Instant(seconds: Int64(Date().timeIntervalSince1970)))
        mint = .repeatable(clock)
        layout = StandInLayout(
            incoming: Folder(directory.file("in")), outgoing: Folder(directory.file("out")),
            sent: folders.contains("sent") ? Folder(directory.file("sent")) : nil, failed: Folder(directory.file("failed")),
            reports: Folder(directory.file("report")))
    }

    /// An endpoint as a process makes it at its start; files are sent as soon as they are seen.
    func endpoint(_ standIn: any StandIn, program: ReceiveProgram? = nil) -> SpoolEndpoint {
        let workers = WakeGroup()
        let submissions = Submissions(
            ledger: ledger, numbering: PlainNumbering(), plan: plan, limits: ["home": 1000], mint: mint, workers: workers)
        let context = EndpointContext(
            id: "spool", ledger: ledger, submissions: submissions, workers: workers, mint: mint,
            pause: { _ in try await Task.sleep(for: .milliseconds(2)) }, media: MemoryMediaStore(clock: clock), directory: directory.file("state"))
        return SpoolEndpoint(
            context: context, line: "home", standIn: standIn, layout: layout, program: program, interval: .milliseconds(2), stillness: .zero)
    }

    let plan = RoutingPlan(routes: [Route(endpoint: "spool", audience: .everyone)])

    /// Looks at the folder once, as a process that knows of nothing.
    func round(_ endpoint: SpoolEndpoint) async {
        var desk = SpoolEndpoint.OrderDesk(stillness: Stillness(.zero))
        await endpoint.round(&desk)
    }

    /// Carries out what waits on the line.
    func settle(_ result: (Claim) -> Settlement.Result) async throws {
        let claims = try await ledger.claim(.trunk("home"), limit: 100, now: clock.now(), lease: clock.now() + .seconds(60), mint: mint).claims
        try await ledger.settle(
            claims.map { Settlement(attempt: $0.attempt.id, delivery: $0.delivery.id, result: result($0), at: clock.now(), following: []) })
    }

    /// What was submitted, oldest first.
    func submitted() async throws -> [String] {
        try await ledger.messages(after: nil, limit: 100, lines: nil).map { "\($0.message.participants.map(\.text).joined()): \($0.message.text)" }
    }

    func write(_ name: String, _ text: String) throws { try layout.outgoing.write(name, Array(text.utf8)) }

    func names(in folder: String) throws -> [String] { try Folder(directory.file(folder)).files().map(\.name) }

    func text(_ name: String, in folder: String) throws -> String {
        String(decoding: try Folder(directory.file(folder)).read(name, limit: 1 << 20), as: UTF8.self)
    }

    /// A text that came, or news of one, to be brought.
    func claim(
        _ text: String = "Grüezi 😀", from sender: Address = .number("+15550100"), content: DeliveryContent = .message, direction: Direction = .incoming,
        parts: [Part]? = nil, number: Int64 = 1
    ) -> Claim {
        let origin = direction == .outgoing ? Origin(endpoint: "spool", person: nil, reference: "x") : nil
        let message = Message(
            id: mint.identifier(), line: "home", direction: direction, sender: sender, participants: [sender], parts: parts ?? [.text(text)],
            sentAt: Instant(seconds: 1_700_000_000), recordedAt: clock.now(), origin: origin)
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .endpoint("spool"), content: content, due: clock.now(), expires: clock.now() + .seconds(60))
        return Claim(
            delivery: delivery, attempt: Attempt(id: mint.identifier(), delivery: delivery.id, number: 1, openedAt: clock.now()),
            queue: DeliveryQueue(destination: delivery.destination, message: message), message: message, messageNumber: number, acceptedSegments: [:])
    }
}
