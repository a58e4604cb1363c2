import HTTPStack
import Telephony

// One line of the file: the whole of a verification as it then was. Of several lines of one name the last counts.

extension Verification {
    var line: [UInt8] {
        JSON.object([
            ("id", .string(id.description)), ("number", .string(number)), ("country", .string(country)), ("client", .string(client)),
            ("startedAt", .integer(startedAt.milliseconds)), ("sends", .array(sends.map { .integer($0.milliseconds) })),
            ("wrongCodes", .integer(Int64(wrongCodes))), ("state", .string(state.rawValue)),
        ]).encoded + [0x0A]
    }

    /// Nil for anything else: a line that was cut off, or is not ours.
    init?(line: some Sequence<UInt8>) {
        guard let json = try? JSON(decoding: Array(line)),
            let id = json["id"]?.text.flatMap({ ID($0) }), let number = json["number"]?.text, let country = json["country"]?.text,
            let client = json["client"]?.text, let state = json["state"]?.text.flatMap(State.init), case .integer(let startedAt)? = json["startedAt"],
            case .integer(let wrongCodes)? = json["wrongCodes"], let sends = json["sends"]?.elements
        else { return nil }
        self.init(
            id: id, number: number, country: country, client: client, startedAt: Instant(milliseconds: startedAt),
            sends: sends.compactMap { if case .integer(let time) = $0 { Instant(milliseconds: time) } else { nil } },
            wrongCodes: Int(truncatingIfNeeded: max(0, wrongCodes)), state: state)
    }
}
