import Telephony

/// How the numbers of some lines are written, asked for once.
struct LineForms: Sendable {
    private let forms: [LineID: (did: String, isAtHome: Bool)]

    init(of lines: [LineID], _ numbers: LineNumbers) async {
        var forms: [LineID: (did: String, isAtHome: Bool)] = [:]
        for line in lines { forms[line] = (await numbers.text(of: line), await numbers.isAtHome(line)) }
        self.forms = forms
    }

    subscript(line: LineID) -> (did: String, isAtHome: Bool) { forms[line] ?? (line.name, true) }
}
