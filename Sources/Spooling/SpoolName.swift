/// What a text from outside may become in the name of a file: no separator of paths, no dot, nothing a shell or a parser takes for more.
public enum SpoolName {
    /// A number as its digits with its plus, a name as letters and digits; everything else is a hyphen. At most 40 characters.
    public static func piece(_ text: String) -> String {
        let safe = text.unicodeScalars.prefix(40).map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "+": Character(scalar)
            default: "-"
            }
        }
        return String(safe)
    }

    /// Whether a name that was found can be one of a plain file in a folder.
    public static func isPlain(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && name != "." && name != ".." && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }
}
