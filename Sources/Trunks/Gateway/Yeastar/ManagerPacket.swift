/// What a gateway says at a time: lines up to an empty one, or up to the mark that ends a command's answer or an event.
struct ManagerPacket: Hashable, Sendable {
    let lines: [String]

    /// The value behind a name; its case does not count.
    subscript(name: String) -> String? {
        let prefix = name.lowercased() + ":"
        guard let line = lines.first(where: { $0.lowercased().hasPrefix(prefix) }) else { return nil }
        return String(line.dropFirst(prefix.count).drop { $0 == " " })
    }
}
