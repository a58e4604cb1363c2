import HTTPStack
import Settings

/// A line that somebody adds: what they filled in, what is wrong about it, and what the configuration is to say.
struct NewLine: Sendable {
    /// A secret goes into a file of its own, which the section names.
    enum Value: Sendable {
        case plain(String)
        case secret(String)
        case section
    }

    let holder: LineHolder
    private let form: [String: String]
    private(set) var mistakes: [String: String] = [:]

    init(_ holder: LineHolder, _ values: [String: String]) {
        self.holder = holder
        form = values
    }

    init(_ holder: LineHolder, _ form: Form) {
        let names = holder.questions.map(\.name) + ["title", "imsi", "card"]
        self.init(holder, Dictionary(uniqueKeysWithValues: names.compactMap { name in form[name].map { (name, $0) } }))
    }

    subscript(name: String) -> String { form[name] ?? "" }

    /// With what is wrong, field by field. The configuration's own proof finds the rest.
    func checked(taken: Set<String>, _ words: Words) -> NewLine {
        var checked = self
        for question in holder.questions { checked.mistakes[question.name] = mistake(in: question, words) }
        if !Self.isName(self["name"]) { checked.mistakes["name"] = words.badLineName } else if taken.contains(self["name"]) { checked.mistakes["name"] = words.takenLineName }
        let pin = self["pin"]
        if !pin.isEmpty, !(4...8).contains(pin.utf8.count) || !pin.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { checked.mistakes["pin"] = words.badPIN }
        if holder == .modem, self["card"] == FoundModem.Card.wantsPIN.rawValue, pin.isEmpty { checked.mistakes["pin"] = words.pinIsWanted }
        return checked
    }

    private func mistake(in question: LineQuestion, _ words: Words) -> String? {
        let answer = self[question.name]
        guard !answer.isEmpty else { return question.isNeeded ? words.isNeeded : nil }
        if case .url = question.kind, WebURL(answer) == nil { return words.badURL }
        return answer.utf8.count < question.shortest ? words.tooShort(question.shortest) : nil
    }

    /// The keys of the line's section and what they say.
    var keys: [(name: String, value: Value)] {
        var keys: [(String, Value)] = [("trunk", .plain(holder.trunk))]
        if let template = holder.template { keys.append(("template", .plain(template))) }
        for question in holder.questions where !self[question.name].isEmpty {
            switch question.kind {
            case .secret, .minted: keys.append((question.key, .secret(self[question.name])))
            case .toggle: keys.append((question.key, .plain("yes")))
            case .part: if question.name == "pictures", self["apn"].isEmpty { keys.append(("mms", .section)) }
            case .text where question.name == "user" && holder == .hilink && self["password"].isEmpty: break
            case .text, .url: keys.append((question.key, .plain(self[question.name])))
            }
        }
        return keys
    }

    /// Where the SIM's pictures are wanted over an access point of its own.
    var accessPoint: String? { holder == .modem && !self["pictures"].isEmpty && !self["apn"].isEmpty ? self["apn"] : nil }

    /// Notes what the configuration's proof refuses, beside the field that it is about.
    mutating func note(_ error: SettingsError) {
        let key = error.path.split(separator: ".").last.map(String.init) ?? ""
        // Without a way to be reached a template does not hold; the form has a field for that way.
        let asked = key == "template" ? "callback-url" : key
        let field = holder.questions.first { $0.key == asked || $0.name == asked }?.name ?? "name"
        mistakes[field] = error.path.isEmpty ? "\(error)" : error.reason
    }

    static func isName(_ name: String) -> Bool {
        (1...40).contains(name.utf8.count) && !["house", "new"].contains(name) && name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    /// `home`, then `line2`: the first that is free.
    static func proposal(taken: Set<String>) -> String {
        taken.contains("home") ? (2...).lazy.map { "line\($0)" }.first { !taken.contains($0) } ?? "home" : "home"
    }

    /// The section as the configuration has it; `keep` puts a secret away and gives its file.
    func section(_ keep: (_ secret: String, _ name: String) throws(SettingsError) -> String) throws(SettingsError) -> Node {
        var entries: [Node.Entry] = []
        for (name, value) in keys {
            switch value {
            case .plain(let text): entries.append(.init(name: name, value: Node(text)))
            case .secret(let text): entries.append(.init(name: name, value: Node(try keep(text, "\(self["name"])-\(name.dropLast(5))"))))
            case .section: entries.append(.init(name: name, value: [:]))
            }
        }
        if let accessPoint { entries.append(.init(name: "mms", value: ["apn": Node(accessPoint)])) }
        return Node(.section(entries), line: 0)
    }
}
