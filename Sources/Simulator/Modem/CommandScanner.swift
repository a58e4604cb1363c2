/// Reads one command after another from a command line (ITU-T V.250 §5.3, §5.4).
struct CommandScanner {
    var rest: ArraySlice<UInt8>

    /// The next command, nil at the end of the line.
    mutating func next() -> CommandRequest? {
        while let first = rest.first, first == UInt8(ascii: ";") || first == UInt8(ascii: " ") {
            rest.removeFirst()
        }
        guard let first = rest.first else { return nil }
        switch first {
        case UInt8(ascii: "&"), UInt8(ascii: "\\"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return basic()
        default:
            return extended()
        }
    }

    /// A letter and a number, no separator needed after it: `E0V1`. `D` takes the number to be dialled as it stands.
    private mutating func basic() -> CommandRequest {
        var name = take { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }
        if let letter = rest.popFirst() { name.append(letter) }
        if name.last.map({ $0 & 0xDF }) == UInt8(ascii: "D") && name.count == 1 {
            let number = take { $0 != UInt8(ascii: ";") }
            return CommandRequest(name: "D", form: .set([Argument(octets: number)]))
        }
        let digits = take { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if name.count == 1, name[0] & 0xDF == UInt8(ascii: "S") {
            name += digits
            return CommandRequest(name: upper(name), form: form())
        }
        return CommandRequest(name: upper(name), form: digits.isEmpty ? form() : .set([Argument(octets: digits)]))
    }

    private mutating func extended() -> CommandRequest {
        var name: [UInt8] = []
        if let prefix = rest.popFirst() { name.append(prefix) }
        name += take { ![UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: ";")].contains($0) }
        while name.last == UInt8(ascii: " ") { name.removeLast() }
        return CommandRequest(name: upper(name), form: form())
    }

    private mutating func form() -> CommandRequest.Form {
        switch rest.first {
        case UInt8(ascii: "?"):
            rest.removeFirst()
            return .read
        case UInt8(ascii: "="):
            rest.removeFirst()
            let value = untilSemicolon()
            return value == [UInt8(ascii: "?")] ? .test : .set(arguments(of: value))
        default:
            return .execute
        }
    }

    /// The value up to a `;` that no quotes enclose.
    private mutating func untilSemicolon() -> [UInt8] {
        var quoted = false
        return take { octet in
            if octet == UInt8(ascii: "\"") { quoted.toggle() }
            return quoted || octet != UInt8(ascii: ";")
        }
    }

    private func arguments(of value: [UInt8]) -> [Argument] {
        var arguments = [Argument(octets: [])]
        var quoted = false
        for octet in value {
            switch octet {
            case UInt8(ascii: "\""): quoted.toggle()
            case UInt8(ascii: ",") where !quoted: arguments.append(Argument(octets: []))
            case UInt8(ascii: " ") where !quoted: break
            default: arguments[arguments.count - 1].octets.append(octet)
            }
        }
        return arguments
    }

    private mutating func take(while condition: (UInt8) -> Bool) -> [UInt8] {
        let taken = rest.prefix(while: condition)
        rest = rest[taken.endIndex...]
        return Array(taken)
    }

    private func upper(_ name: [UInt8]) -> String {
        String(decoding: name, as: UTF8.self).uppercased()
    }
}
