import Exchange
import Kinds
import Runtime
import Settings
import Telephony

extension Key where Value == Folder {
    /// A folder by its whole path.
    static func folder(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard case .scalar(let path) = node.content, path.hasPrefix("/") else { throw Reason("the whole path of a folder expected") }
            return Folder(path)
        }
    }
}

/// What the kinds of this folder have in common.
enum StandInKeys {
    static let line = Key.text("line", "The line that texts leave over; the first that the endpoint serves where left out.", example: "home")
    static let interval = Key.duration("interval", "Between looks at the folder.", example: "1s")
    static let stillness = Key.duration(
        "stillness", "How long a file must have stayed as it is before it is sent: it is being written until then.", example: "1s")

    static let documentation = [line.required, interval.documentation, stillness.documentation]

    /// A program of the owner's, by its whole path.
    static func program(_ name: String, _ doc: String) -> Key<String> {
        Key(name, doc, example: "/usr/local/bin/on-text") { node throws(Key<String>.Reason) in
            guard case .scalar(let path) = node.content, path.hasPrefix("/") else { throw Key<String>.Reason("the whole path of a program expected") }
            return path
        }
    }
}

extension SpoolEndpoint {
    static func ports(
        _ standIn: any StandIn, _ layout: StandInLayout, _ section: inout Section, _ context: EndpointContext, program: String? = nil,
        bell: (@Sendable () -> Void)? = nil
    ) throws -> EndpointPorts {
        let named = try section.optional(StandInKeys.line).map { LineID($0) }
        let served = context.lines.map(\.id)
        guard let line = named ?? served.first else { throw section.error("line", "missing: the endpoint serves no line") }
        if !served.isEmpty, !served.contains(line) { throw section.error("line", "the endpoint does not serve \(line)") }
        let interval = try section.value(StandInKeys.interval, default: .seconds(1))
        let stillness = try section.value(StandInKeys.stillness, default: .seconds(1))
        let endpoint = SpoolEndpoint(
            context: context, line: line, standIn: standIn, layout: layout, program: program.map { ReceiveProgram(path: $0) }, bell: bell,
            interval: interval, stillness: stillness)
        return EndpointPorts(id: context.id, service: endpoint, messages: endpoint, health: { endpoint.health })
    }
}
