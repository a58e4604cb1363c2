/// What the network said of a data context (TS 27.007 §10.1.23):
/// `+CGCONTRDP: 1,5,"apn","10.1.2.3.255.255.255.0","10.1.2.1","10.0.0.53","10.0.0.54"`.
public struct ContextParameters: Equatable, Sendable {
    /// Dotted quads, nothing else; a modem's IPv6 in the same notation is left out.
    public var address: String?
    public var mask: String?
    public var gateway: String?
    public var resolvers: [String]

    /// Nil when it is no such line.
    public init?(line: String) {
        guard let parameters = Parameters(line, after: "+CGCONTRDP:"), parameters.int(0) != nil else { return nil }
        let numbers = (parameters.text(3) ?? "").split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        // Older ones give the mask in a field of its own before the gateway's.
        address = Self.quad(numbers.prefix(4))
        mask = numbers.count == 8 ? Self.quad(numbers.suffix(4)) : nil
        gateway = parameters.text(4).flatMap(Self.quad)
        resolvers = [5, 6].compactMap { parameters.text($0).flatMap(Self.quad) }.filter { $0 != "0.0.0.0" }
    }

    /// Huawei's answer: `^DHCP: 8302A8C0,FCFFFFFF,8102A8C0,8102A8C0,35000A0A,…`, each four octets with the last first.
    public init?(huaweiLine line: String) {
        guard let rest = line.content(after: "^DHCP:") else { return nil }
        let words = rest.split(separator: ",").map { UInt32($0, radix: 16) }
        guard words.count >= 6, let address = words[0] else { return nil }
        self.address = Self.quad(reversed: address)
        mask = words[1].map(Self.quad(reversed:))
        gateway = words[2].map(Self.quad(reversed:))
        resolvers = words[4...5].compactMap { $0 }.filter { $0 != 0 }.map(Self.quad(reversed:))
    }

    private static func quad(_ text: String) -> String? {
        quad(text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...])
    }

    private static func quad(_ numbers: ArraySlice<String>) -> String? {
        numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil } ? numbers.joined(separator: ".") : nil
    }

    private static func quad(reversed word: UInt32) -> String {
        stride(from: 0, to: 32, by: 8).map { "\(word >> $0 & 0xFF)" }.joined(separator: ".")
    }
}
