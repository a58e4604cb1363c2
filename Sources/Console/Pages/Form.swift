import HTTPStack

/// What was filled into a form (application/x-www-form-urlencoded, WHATWG URL §5, or the fields of multipart/form-data).
struct Form: Sendable {
    static let fieldLimit = 32

    private var fields: [String: String] = [:]

    init() {}

    /// Throws 400 where it is none.
    init(_ octets: [UInt8]) throws(Problem) {
        let pairs = octets.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= Self.fieldLimit else { throw .badRequest("Too many fields") }
        for pair in pairs {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count > 1 ? parts[1] : []) else {
                throw .badRequest("This is no form in UTF-8")
            }
            add(name, value)
        }
    }

    private static func decode(_ octets: ArraySlice<UInt8>) -> String? {
        String(validating: octets, as: UTF8.self).flatMap { PercentEncoding.decode($0, plus: .space) }
    }

    /// The first of a name counts.
    mutating func add(_ name: String, _ value: String) { fields[name] = fields[name] ?? value }

    subscript(name: String) -> String? { fields[name] }

    /// Every field, in the order of their names.
    var all: [(name: String, value: String)] { fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// A text area's, with the line ends that were typed: browsers send CR LF.
    func lines(_ name: String) -> String { (fields[name] ?? "").replacing("\r\n", with: "\n") }
}
