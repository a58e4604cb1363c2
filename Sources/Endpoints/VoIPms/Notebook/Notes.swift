import HTTPStack
import Telephony

/// What an account's programs left with us: how they want to be told, and a phone book.
struct Notes: Hashable, Sendable {
    /// What `setSMS` says of a line. Kept and told back; mail and forwarding are not carried out here.
    struct LineNotes: Hashable, Sendable {
        var isEnabled = true
        var email = ""
        var isEmailEnabled = false
        var forward = ""
        var isForwardEnabled = false
        var callback = ""
        /// By which password it was left; nil where an earlier release did not write that down.
        var callbackMark: String?
        var isCallbackEnabled = false
        var isCallbackRetried = false
    }

    struct Entry: Hashable, Sendable {
        let number: Int64
        var speedDial = ""
        var name = ""
        var party = ""
        var callerID = ""
        var note = ""
    }

    var lines: [LineID: LineNotes] = [:]
    var entries: [Entry] = []
    /// The number that the last entry got; none gets it again.
    var lastEntry: Int64 = 0

    static let entryLimit = 1000
    /// Octets of one field.
    static let fieldLimit = 500
}

// As it lies in the file.
extension Notes {
    var json: JSON {
        .object([
            ("lines", .array(lines.sorted { $0.key < $1.key }.map { .object([("line", .string($0.key.name))] + $0.value.members) })),
            ("entries", .array(entries.map { .object($0.members) })), ("lastEntry", .integer(lastEntry)),
        ])
    }

    init(_ json: JSON) {
        for line in json["lines"]?.elements ?? [] {
            guard let name = line["line"]?.text else { continue }
            lines[LineID(name)] = LineNotes(line)
        }
        entries = (json["entries"]?.elements ?? []).compactMap(Entry.init)
        if case .integer(let last)? = json["lastEntry"] { lastEntry = last }
    }
}

extension Notes.LineNotes {
    fileprivate var members: [JSON.Member] {
        var members: [JSON.Member] = [
            ("enabled", .bool(isEnabled)), ("email", .string(email)), ("emailEnabled", .bool(isEmailEnabled)), ("forward", .string(forward)),
            ("forwardEnabled", .bool(isForwardEnabled)), ("callback", .string(callback)), ("callbackEnabled", .bool(isCallbackEnabled)),
            ("callbackRetried", .bool(isCallbackRetried)),
        ]
        if let callbackMark { members.append(("callbackMark", .string(callbackMark))) }
        return members
    }

    fileprivate init(_ json: JSON) {
        email = json["email"]?.text ?? ""
        forward = json["forward"]?.text ?? ""
        callback = json["callback"]?.text ?? ""
        callbackMark = json["callbackMark"]?.text
        isEnabled = json["enabled"] != .bool(false)
        isEmailEnabled = json["emailEnabled"] == .bool(true)
        isForwardEnabled = json["forwardEnabled"] == .bool(true)
        isCallbackEnabled = json["callbackEnabled"] == .bool(true)
        isCallbackRetried = json["callbackRetried"] == .bool(true)
    }
}

extension Notes.Entry {
    fileprivate var members: [JSON.Member] {
        [
            ("number", .integer(number)), ("speedDial", .string(speedDial)), ("name", .string(name)), ("party", .string(party)),
            ("callerID", .string(callerID)), ("note", .string(note)),
        ]
    }

    fileprivate init?(_ json: JSON) {
        guard case .integer(let number)? = json["number"] else { return nil }
        self.init(
            number: number, speedDial: json["speedDial"]?.text ?? "", name: json["name"]?.text ?? "", party: json["party"]?.text ?? "",
            callerID: json["callerID"]?.text ?? "", note: json["note"]?.text ?? "")
    }
}
