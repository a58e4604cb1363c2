import Exchange
import Telephony

/// Messages on their way out to other programs, a piece at a time: neither all of them nor a picture is ever held whole.
public actor MessageExport {
    public enum Format: String, Sendable, CaseIterable {
        /// Our own, documented in Docs/Guides/moving-in.md: everything.
        case json
        /// What the Android app SMS Backup & Restore reads.
        case androidXML = "android-xml"

        public var contentType: String { self == .json ? "application/json" : "application/xml; charset=utf-8" }
        public var fileName: String { self == .json ? "homeline-messages.json" : "sms-homeline.xml" }
    }

    /// What is still to be written: octets that are there, or a file of a message.
    enum Piece: Sendable {
        case octets([UInt8])
        /// A part's octets in base 64, between what stands before and behind it; `absent` in their place where they are kept no longer.
        case file(Media, before: [UInt8], behind: [UInt8], absent: [UInt8])
        case rest(Media, from: Int)
    }

    private let ledger: any HistoryLedger
    private let media: any MediaStore
    private let selection: HistorySelection
    private let form: any ExportForm
    private var pending: [Piece] = []
    private var last: Int64?
    private var step = Step.head
    private var written = 0

    private enum Step { case head, messages, over }

    /// Messages asked for at a time, and octets of a file, of which base 64 makes whole fours.
    private static let portion = 50, piece = 192 * 1024

    /// - Parameter names: what the person calls whom they know.
    public init(
        _ format: Format, of selection: HistorySelection, ledger: any HistoryLedger, media: any MediaStore, now: Instant,
        names: @escaping @Sendable (Address) -> String? = { _ in nil }
    ) {
        self.ledger = ledger
        self.media = media
        var selection = selection
        switch format {
        case .json: form = JSONForm(now: now)
        case .androidXML:
            // The app knows no messages within the house.
            selection.directions = [.incoming, .outgoing]
            form = AndroidForm(now: now, names: names)
        }
        self.selection = selection
    }

    /// The next octets; nil at the end. Throws `LedgerError`, and `MediaError` where a file ends amid its octets.
    public func next() async throws -> [UInt8]? {
        while pending.isEmpty {
            switch step {
            case .head:
                pending = [.octets(form.head(count: try await ledger.count(selection)))]
                step = .messages
            case .messages:
                let found = try await ledger.history(selection, after: last, limit: Self.portion)
                for message in found {
                    pending += form.pieces(of: message.record, isFirst: written == 0)
                    written += 1
                }
                last = found.last?.number ?? last
                if found.count < Self.portion {
                    pending.append(.octets(form.end))
                    step = .over
                }
            case .over: return nil
            }
        }
        return try await octets(of: pending.removeFirst())
    }

    private func octets(of piece: Piece) async throws -> [UInt8] {
        switch piece {
        case .octets(let octets): return octets
        case .file(let file, let before, let behind, let absent):
            guard let first = try? await media.read(file, from: 0, count: Self.piece) else { return absent }
            pending.insert(.octets(behind), at: 0)
            if first.count == Self.piece { pending.insert(.rest(file, from: Self.piece), at: 0) }
            return before + Base64Text.encode(first)
        case .rest(let file, let from):
            let octets = try await media.read(file, from: from, count: Self.piece)
            if octets.count == Self.piece { pending.insert(.rest(file, from: from + Self.piece), at: 0) }
            return Base64Text.encode(octets)
        }
    }
}

/// How messages are written in one format.
protocol ExportForm: Sendable {
    func head(count: Int) -> [UInt8]
    func pieces(of record: MessageRecord, isFirst: Bool) -> [MessageExport.Piece]
    var end: [UInt8] { get }
}

enum Base64Text {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// RFC 4648 §4, with padding.
    static func encode(_ octets: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((octets.count + 2) / 3 * 4)
        for start in stride(from: 0, to: octets.count, by: 3) {
            let second = start + 1 < octets.count ? octets[start + 1] : 0, third = start + 2 < octets.count ? octets[start + 2] : 0
            out.append(digits[Int(octets[start] >> 2)])
            out.append(digits[Int((octets[start] & 0x03) << 4 | second >> 4)])
            out.append(start + 1 < octets.count ? digits[Int((second & 0x0F) << 2 | third >> 6)] : UInt8(ascii: "="))
            out.append(start + 2 < octets.count ? digits[Int(third & 0x3F)] : UInt8(ascii: "="))
        }
        return out
    }
}
