/// The header fields of one part of a multipart body that a form has (RFC 7578 §4).
public struct MultipartHead: Hashable, Sendable {
    /// The form field's name.
    public let name: String?
    /// As its sender wrote it: never to be used as a path.
    public let fileName: String?
    /// As written; nil where it says none.
    public let contentType: String?

    init(_ lines: [String]) {
        var fields: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), line.utf8[..<colon].count <= Form.nameLimit else { continue }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingSpace
        }
        let disposition = Field(fields["content-disposition"] ?? "")
        name = disposition.parameters["name"]
        fileName = disposition.parameters["filename"]
        contentType = fields["content-type"]
    }

    /// A value with parameters, `form-data; name="File"`. Names of parameters are in lower case.
    struct Field {
        let value: String
        private(set) var parameters: [String: String] = [:]

        init(_ text: String) {
            var rest = Substring(text)
            value = String(rest.prefix { $0 != ";" }).trimmingSpace
            rest = rest.drop { $0 != ";" }
            while rest.first == ";" {
                rest = rest.dropFirst()
                let name = rest.prefix { $0 != "=" && $0 != ";" }
                rest = rest.dropFirst(name.count)
                guard rest.first == "=" else { continue }
                rest = rest.dropFirst().drop { $0 == " " }
                let value = rest.first == "\"" ? Self.quoted(&rest) : Self.token(&rest)
                if name.utf8.count <= Form.nameLimit { parameters[name.trimmingSpace.lowercased()] = value }
                rest = rest.drop { $0 != ";" }
            }
        }

        private static func token(_ rest: inout Substring) -> String {
            let token = rest.prefix { $0 != ";" }
            rest = rest.dropFirst(token.count)
            return token.trimmingSpace
        }

        /// A backslash stands for itself but before a quotation mark or another: senders write Windows paths so.
        private static func quoted(_ rest: inout Substring) -> String {
            var text = ""
            rest = rest.dropFirst()
            while let character = rest.popFirst(), character != "\"" {
                if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                    text.append(next)
                    rest = rest.dropFirst()
                } else {
                    text.append(character)
                }
            }
            return text
        }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    var trimmingSpace: String {
        let start = drop { $0 == " " || $0 == "\t" }
        var end = start.endIndex
        while end > start.startIndex {
            let before = start.index(before: end)
            guard start[before] == " " || start[before] == "\t" else { break }
            end = before
        }
        return String(start[..<end])
    }
}
