import Telephony

/// The lines of a person in a form: which they have, and which comes first.
struct LineChoice {
    var chosen: [LineID]

    init(_ chosen: [LineID]) { self.chosen = chosen }

    /// What was filled in, of the lines there are; the order so far is kept behind the first.
    init(_ form: Form, of lines: [LineID], before: [LineID]) {
        let ordered = before.filter(lines.contains) + lines.filter { !before.contains($0) }
        let picked = ordered.filter { form[Self.field($0)] != nil }
        let first = picked.filter { $0.name == form["first"] }
        chosen = first + picked.filter { !first.contains($0) }
    }

    private static func field(_ line: LineID) -> String { "line-\(line.name)" }

    func html(of lines: [LineID], mistake: String?, words: PeopleWords) -> HTML {
        let rows = lines.map { line -> HTML in
            """
            <li><label class="check"><input type="checkbox" name="\(Self.field(line))" value="1"\(" checked", if: chosen.contains(line))> <bdi>\(line.name)</bdi></label>
            <label class="check"><input type="radio" name="first" value="\(line.name)"\(" checked", if: chosen.first == line)> <span>\(words.preferred)<span class="hidden"> (\(line.name))</span></span></label></li>
            """
        }
        return "<fieldset><legend>\(words.lines)</legend><ul class=\"choices\">\(rows)</ul>\(Field.note(mistake, of: "lines"))</fieldset>"
    }
}
