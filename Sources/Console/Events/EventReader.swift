import Exchange
import HTTPStack
import Telephony

/// One reader's place in the event stream. It gives the next piece when the peer has taken the last one; a peer that reads nothing
/// holds one piece and is cut by the listener.
actor EventReader {
    private static let batch = 100
    /// Octets after which a piece is given, however many entries are left for the next.
    private static let pieceSize = 64 * 1024
    /// Proxies close what is silent for a minute; a comment keeps it open.
    private static let heartbeat: Duration = .seconds(15)

    private let ledger: any Ledger
    private let wake: WakeSignal
    private let pause: Pause
    private let onClose: @Sendable () -> Void
    private var position: Int64
    private var hasBegun = false

    init(
        ledger: any Ledger, position: Int64, wake: WakeSignal, pause: @escaping Pause,
        onClose: @escaping @Sendable () -> Void
    ) {
        self.ledger = ledger
        self.position = position
        self.wake = wake
        self.pause = pause
        self.onClose = onClose
    }

    deinit { onClose() }

    /// The next piece of the stream; nil when the task is cancelled.
    func next() async throws -> [UInt8]? {
        guard hasBegun else {
            hasBegun = true
            return Array("retry: 3000\n\n".utf8)
        }
        if let piece = try await read() { return piece }
        await wake.wait(atMost: Self.heartbeat, pause: pause)
        if Task.isCancelled { return nil }
        return try await read() ?? Array(":\n\n".utf8)
    }

    /// What is new and told; nil where there is nothing.
    private func read() async throws -> [UInt8]? {
        var piece: [UInt8] = []
        while piece.isEmpty {
            let entries = try await ledger.entries(after: position, limit: Self.batch)
            guard !entries.isEmpty else { return nil }
            var records: [MessageID: MessageRecord] = [:]
            for entry in entries {
                if let id = entry.message, records[id] == nil { records[id] = try await ledger.message(id) }
                piece += Self.event(entry, entry.message.flatMap { records[$0] })
                position = entry.sequence
                if piece.count >= Self.pieceSize { break }
            }
        }
        return piece
    }

    /// As `Docs/openapi.yaml` has it: everything that is known.
    private static func event(_ entry: TimelineEntry, _ record: MessageRecord?) -> [UInt8] {
        var members = JSON.members(of: entry)
        let isNew = entry.kind == .message
        if let record {
            members.append(isNew ? ("record", JSON(record)) : ("state", .string(record.state.rawValue)))
        }
        let head = "id: \(entry.sequence)\nevent: \(isNew ? "message" : "change")\ndata: "
        return Array(head.utf8) + JSON.object(members).encoded + Array("\n\n".utf8)
    }
}
