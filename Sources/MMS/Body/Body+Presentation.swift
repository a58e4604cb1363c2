extension Body {
    /// The part that says how the others are shown: the one named by `start` where that is one, else the first. Nil where there is none.
    public var presentation: Part? {
        let leaves = leaves
        let start = contentType["start"].map(Part.identifier)
        return leaves.first { $0.isPresentation && $0.contentID != nil && $0.contentID == start } ?? leaves.first(where: \.isPresentation)
    }

    /// The parts in the order in which they are shown, those that the presentation does not name at the end, the presentation left out.
    public var presented: [Part] {
        let leaves = leaves
        let contents = leaves.filter { !$0.isPresentation }
        guard let presentation else { return contents }
        let places = Body.places(of: contents)
        var order: [Int] = []
        var isShown = Set<Int>()
        for medium in SMIL(decoding: presentation).slides.flatMap(\.media) {
            if let index = Body.place(of: medium.source, places), isShown.insert(index).inserted { order.append(index) }
        }
        return order.map { contents[$0] } + contents.indices.filter { !isShown.contains($0) }.map { contents[$0] }
    }

    /// Where the part of each name is; a Content-ID goes before a Content-Location, and the first of a name before the others.
    private static func places(of parts: [Part]) -> [String: Int] {
        var places: [String: Int] = [:]
        let namings: [(Part) -> String?] = [\.contentID, \.contentLocation, { $0.contentType["name"] }, { $0.contentType["filename"] }]
        for naming in namings {
            for (index, part) in parts.enumerated() {
                if let name = naming(part), !name.isEmpty, places[name] == nil { places[name] = index }
            }
        }
        return places
    }

    /// Sources are names, with `cid:` before them where they are Content-IDs; senders mix them up, and put angle brackets around them.
    private static func place(of source: String, _ places: [String: Int]) -> Int? {
        if let index = places[source] { return index }
        guard ASCII.lowercased(source.prefix(4)) == "cid:" else { return places[Part.identifier(source)] }
        let name = Part.identifier(String(source.dropFirst(4)))
        return places[name]
    }
}
