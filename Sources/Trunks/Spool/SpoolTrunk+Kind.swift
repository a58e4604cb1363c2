import Exchange
import Kinds
import Runtime
import Settings
import Telephony

extension Key where Value == Folder {
    /// A folder that is there, by its whole path.
    static func folder(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard case .scalar(let path) = node.content, path.hasPrefix("/") else { throw Reason("the whole path of a folder expected") }
            return Folder(path)
        }
    }
}

/// What the kinds of this folder have in common.
enum SpoolKeys {
    static let archive = Key.folder(
        "archive", "Where files are moved when what they say is recorded; without it they are removed.", example: "/var/spool/homeline/taken")
    static let interval = Key.duration("interval", "Between looks at the folders.", example: "1s")
    static let stillness = Key.duration(
        "stillness", "How long a file must have stayed as it is before it is read: it is being written until then.", example: "2s")

    static let documentation = [archive.documentation, interval.documentation, stillness.documentation]
}

extension SpoolTrunk {
    /// Texts that may lie in the program's folders at a time.
    private static let capacity = 32

    static func ports(
        _ dialect: any SpoolDialect, _ layout: SpoolLayout, _ section: inout Section, _ context: TrunkContext, bell: SpoolBell? = nil
    ) throws -> TrunkPorts {
        guard let numbers = NumberPlan(country: context.country) else { throw section.error("country", "no such country") }
        var layout = layout
        layout.archive = try section.optional(SpoolKeys.archive)
        let notes = Folder("\(context.directory)/letters")
        // Where it cannot be made nothing is sent, and the line's health says so.
        try? notes.make()
        let trunk = SpoolTrunk(
            line: context.line, dialect: dialect, layout: layout, numbers: numbers, notes: notes, inbox: context.inbox, notices: context.notices,
            mint: context.mint, pause: context.pause, interval: try section.value(SpoolKeys.interval, default: .seconds(1)),
            stillness: try section.value(SpoolKeys.stillness, default: .seconds(2)), bell: bell)
        return TrunkPorts(line: context.line, service: trunk, messages: trunk, capacity: capacity, repetition: .harmless, health: { trunk.health })
    }
}
