/// One line: a name in letters and digits, how its value is written, and the value.
struct SMSQField {
    enum Form {
        /// `=`: as it stands, in UTF-8.
        case plain
        /// `#`: hexadecimal digits, two an octet.
        case octets
        /// `##`: hexadecimal digits, four a unit.
        case units
    }

    let name: String
    let form: Form
    let value: ArraySlice<UInt8>

    init?(_ line: ArraySlice<UInt8>) {
        guard line.first != UInt8(ascii: ";"), let sign = line.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "#") }) else { return nil }
        name = String(String(decoding: line[..<sign], as: UTF8.self)[...].trimmed).lowercased()
        let rest = line[(sign + 1)...]
        if line[sign] == UInt8(ascii: "=") {
            (form, value) = (.plain, rest)
        } else if rest.first == UInt8(ascii: "#") {
            (form, value) = (.units, rest.dropFirst())
        } else {
            (form, value) = (.octets, rest)
        }
    }
}
