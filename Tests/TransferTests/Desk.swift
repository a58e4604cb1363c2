import Exchange
import HomelineTesting
import Store
import Telephony
import Transfer

/// A ledger with a media store, and numbers of Switzerland.
struct Desk {
    let directory: TemporaryDirectory
    let ledger: SQLiteLedger
    let media = MemoryMediaStore(clock: ManualClock())
    let clock = ManualClock()
    let mint: Mint

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try SQLiteLedger(path: directory.file("ledger"))
        mint = .repeatable(clock)
    }

    static let selection = HistorySelection(lines: ["home"])

    @Sendable static func address(_ text: String) -> Address? { NumberPlan(country: "CH")?.normalise(text) }

    func importing(_ text: String, to line: LineID = "home") async throws -> MessageImport.Outcome {
        var importing = MessageImport(to: line, ledger: ledger, media: media, mint: mint, random: Self.random, address: Self.address)
        try await importing.take(Array(text.utf8))
        return try await importing.finish()
    }

    @Sendable private static func random() -> UInt64 { UInt64.random(in: .min ... .max) }

    func export(_ format: MessageExport.Format, _ selection: HistorySelection = Self.selection) async throws -> String {
        let export = MessageExport(format, of: selection, ledger: ledger, media: media, now: clock.now()) { $0 == .number("+41791234567") ? "Mum" : nil }
        var octets: [UInt8] = []
        while let piece = try await export.next() { octets += piece }
        return String(decoding: octets, as: UTF8.self)
    }

    /// Submitted here, and waiting to leave.
    @discardableResult
    func submit(_ parts: [Part], to parties: [Address] = [.number("+41791234567")]) async throws -> Message {
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: .person("alice"), participants: parties, parts: parts, recordedAt: clock.now())
        _ = try await ledger.submit(message, key: message.id.description, deliveries: [])
        return message
    }

    func messages() async throws -> [Message] { try await ledger.history(Self.selection, after: nil, limit: 1000).map(\.message) }
}
