import Settings

/// A section written as in a file, one entry a line, the first on line 10.
func section(_ entries: (String, Node.Content)..., path: String = "lines.home") throws(SettingsError) -> Section {
    let nodes = entries.enumerated().map { position, entry in
        Node.Entry(name: entry.0, value: Node(entry.1, line: 10 + position))
    }
    return try Section(Node(.section(nodes), line: 9), path: path)
}

extension Node.Content {
    static func list(_ texts: String...) -> Node.Content { .list(texts.map { Node(.scalar($0), line: 10) }) }
}
