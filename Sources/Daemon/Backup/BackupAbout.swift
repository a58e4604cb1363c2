import HTTPStack
import Telephony

/// What a backup says of itself: the first file in it, and for whoever opens it without us.
struct BackupAbout: Hashable {
    /// Of what is in the file, and where. One that is higher is not understood.
    static let format: Int64 = 1
    static let name = "about.json"
    /// At most so many octets are read of it.
    static let limit = 64 * 1024

    let format: Int64
    let madeAt: Instant
    let schema: Int
    let messages: Int

    init(madeAt: Instant, schema: Int, messages: Int) {
        format = Self.format
        self.madeAt = madeAt
        self.schema = schema
        self.messages = messages
    }

    init(_ octets: [UInt8]) throws(BackupError) {
        guard let json = try? JSON(decoding: octets), case .integer(let format)? = json["format"] else { throw .damaged("it does not say what it is") }
        guard format <= Self.format else { throw .refused("The backup was made by a newer version of Homeline (format \(format); this one knows \(Self.format)).") }
        guard case .integer(let madeAt)? = json["madeAtMilliseconds"], case .integer(let schema)? = json["schema"], case .integer(let messages)? = json["messages"]
        else { throw .damaged("it does not say what it is") }
        self.format = format
        self.madeAt = Instant(milliseconds: madeAt)
        self.schema = Int(clamping: schema)
        self.messages = Int(clamping: messages)
    }

    var octets: [UInt8] {
        let json: JSON = [
            "program": "homeline", "format": .integer(format), "madeAt": JSON(madeAt), "madeAtMilliseconds": .integer(madeAt.milliseconds),
            "schema": .integer(Int64(schema)), "messages": .integer(Int64(messages)),
            "contents": "state/ is the state directory; configuration/ has the configuration and the files it names, under their paths.",
        ]
        return json.encoded
    }
}

/// The last file of a backup: what was named and not there any more when it was made.
struct BackupEnd: Hashable {
    static let name = "end.json"
    let missing: [String]

    init(missing: [String]) { self.missing = missing }

    init(_ octets: [UInt8]) throws(BackupError) {
        guard let json = try? JSON(decoding: octets), let missing = json["missing"]?.elements else { throw .damaged("its last words cannot be read") }
        self.missing = missing.compactMap(\.text)
    }

    var octets: [UInt8] { JSON.object([("missing", .array(missing.map { .string($0) }))]).encoded }

    /// A file that is missing is 67 octets of it.
    static let limit = 64 << 20
}
