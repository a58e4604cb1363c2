extension Key where Value == String {
    public static func text(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in try node.scalar() }
    }
}

extension Key where Value == Int {
    public static func number(_ name: String, _ doc: String, example: String, in range: ClosedRange<Int>) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard let number = Int(try node.scalar()), range.contains(number) else {
                throw Reason("a whole number from \(range.lowerBound) to \(range.upperBound) expected")
            }
            return number
        }
    }
}

extension Key where Value == Bool {
    public static func toggle(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            switch try node.scalar() {
            case "yes", "true", "on": return true
            case "no", "false", "off": return false
            default: throw Reason("yes or no expected")
            }
        }
    }
}

extension Key where Value == Duration {
    /// `30s`, `5m`, `24h`, `7d`.
    public static func duration(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            let text = try node.scalar()
            let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
            guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), (0...1_000_000).contains(count) else {
                throw Reason("a duration such as 30s, 5m, 24h or 7d expected")
            }
            return .seconds(count * unit)
        }
    }
}

extension Key where Value == [String] {
    /// A list, or a single text for a list of one.
    public static func list(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard case .list(let nodes) = node.content else { return [try node.scalar()] }
            var texts: [String] = []
            for node in nodes { texts.append(try node.scalar()) }
            return texts
        }
    }
}

extension Key {
    /// A text that must be one of a few words.
    public static func choice(_ name: String, _ doc: String, example: String, _ choices: [String: Value]) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard let value = choices[try node.scalar()] else {
                throw Reason("one of \(choices.keys.sorted().joined(separator: ", ")) expected")
            }
            return value
        }
    }
}

extension Node {
    /// The text of a single value.
    fileprivate func scalar() throws(Unreadable) -> String {
        guard case .scalar(let text) = content else { throw Unreadable("a single value expected") }
        return text
    }
}
