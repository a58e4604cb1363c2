import Foundation
import HTTPStack
import Telephony

/// What is known of a backup that was made.
public struct BackupRecord: Hashable, Sendable {
    /// Its path.
    public let file: String
    public let madeAt: Instant
    public let octets: Int
    public let messages: Int
    public let files: Int
    /// When it was opened again and looked at.
    public let provenAt: Instant
    /// What was found wrong; none where it is as good as the original.
    public let faults: [String]
    /// What is left out of it, a sentence each. No fault: all that is in it is whole.
    public let omissions: [String]

    /// How many sentences of a kind are kept.
    private static let told = 20

    init(file: String, madeAt: Instant, octets: Int, proof: BackupProof.Result, omissions: [String], provenAt: Instant) {
        self.file = file
        self.madeAt = madeAt
        self.octets = octets
        messages = proof.messages
        files = proof.files
        self.provenAt = provenAt
        faults = Array(proof.faults.prefix(Self.told))
        self.omissions = Array(omissions.prefix(Self.told))
    }
}

/// The last backup and the last failure, kept beside the ledger for whoever asks.
struct BackupLog: Hashable, Sendable {
    var last: BackupRecord?
    /// When a backup failed since, and why.
    var failure: Failure?

    struct Failure: Hashable, Sendable {
        let at: Instant
        let sentence: String
    }

    init() {}

    private static func path(_ state: StateDirectory) -> String { state.path + "/backup.json" }

    /// What is kept; nothing where it cannot be read.
    init(of state: StateDirectory) {
        guard let data = FileManager.default.contents(atPath: Self.path(state)), data.count < 1 << 20, let json = try? JSON(decoding: Array(data)) else { return }
        last = json["last"].flatMap(BackupRecord.init)
        if case .integer(let at)? = json["failedAt"], let sentence = json["failure"]?.text { failure = Failure(at: Instant(milliseconds: at), sentence: sentence) }
    }

    func keep(in state: StateDirectory) {
        var members: [JSON.Member] = []
        if let last { members.append(("last", last.json)) }
        if let failure { members += [("failedAt", .integer(failure.at.milliseconds)), ("failure", .string(failure.sentence))] }
        guard let file = try? BackupFile(Self.path(state)), (try? file.write(JSON.object(members).encoded)) != nil else { return }
        try? file.keep()
    }
}

extension BackupRecord {
    fileprivate var json: JSON {
        [
            "file": .string(file), "madeAt": .integer(madeAt.milliseconds), "octets": .integer(Int64(octets)), "messages": .integer(Int64(messages)),
            "files": .integer(Int64(files)), "provenAt": .integer(provenAt.milliseconds), "faults": .array(faults.map { .string($0) }),
            "omissions": .array(omissions.map { .string($0) }),
        ]
    }

    fileprivate init?(_ json: JSON) {
        guard let file = json["file"]?.text, case .integer(let madeAt)? = json["madeAt"], case .integer(let octets)? = json["octets"],
            case .integer(let messages)? = json["messages"], case .integer(let files)? = json["files"], case .integer(let provenAt)? = json["provenAt"]
        else { return nil }
        self.file = file
        self.madeAt = Instant(milliseconds: madeAt)
        self.octets = Int(clamping: octets)
        self.messages = Int(clamping: messages)
        self.files = Int(clamping: files)
        self.provenAt = Instant(milliseconds: provenAt)
        faults = (json["faults"]?.elements ?? []).compactMap(\.text)
        omissions = (json["omissions"]?.elements ?? []).compactMap(\.text)
    }
}
