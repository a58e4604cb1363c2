/// The names and values of a `.env` file, as Docker Compose and python-dotenv read it. Pure.
public struct EnvironmentFile: Hashable, Sendable {
    /// Of a name that comes twice the last counts.
    public private(set) var values: [String: String] = [:]
    /// Lines that are neither a comment nor an assignment, counted from 1.
    public private(set) var strangeLines: [Int] = []

    public init(_ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingBlanks
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let assignment = line.hasPrefix("export ") ? line.dropFirst("export ".count).trimmingBlanks : line
            guard let equals = assignment.firstIndex(of: "=") else {
                strangeLines.append(index + 1)
                continue
            }
            let name = assignment[..<equals].trimmingBlanks
            guard Self.isName(name) else {
                strangeLines.append(index + 1)
                continue
            }
            values[String(name)] = Self.value(assignment[assignment.index(after: equals)...].trimmingBlanks)
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        guard (1...100).contains(text.utf8.count), text.first?.isNumber == false else { return false }
        return text.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) }
    }

    /// What is quoted stands as it is, but for escapes between double quotes; else a comment may follow behind a blank.
    private static func value(_ text: Substring) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            let comment = text.firstRange(of: " #")?.lowerBound ?? text.endIndex
            return String(text[..<comment].trimmingBlanks)
        }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst(), character != quote {
            guard character == "\\", quote == "\"", let next = rest.popFirst() else {
                value.append(character)
                continue
            }
            value.append(next == "n" ? "\n" : next)
        }
        return value
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
