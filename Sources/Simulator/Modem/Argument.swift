/// One comma-separated value of a command; quotes are taken off.
struct Argument: Equatable, Sendable {
    var octets: [UInt8]

    var text: String { String(decoding: octets, as: UTF8.self) }
    var number: Int? { Int(text) }
    var isEmpty: Bool { octets.isEmpty }
}
