/// Mobile country and network code: who issued a SIM (ITU-T E.212).
public struct NetworkCode: Hashable, Sendable, CustomStringConvertible {
    /// Three digits.
    public let country: String
    /// Two or three digits.
    public let network: String

    /// Nil unless both are digits of the right number.
    public init?(country: String, network: String) {
        let digits = (country + network).utf8
        guard country.utf8.count == 3, (2...3).contains(network.utf8.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.country = country
        self.network = network
    }

    /// What an IMSI may begin with, the longer code first: it does not say how long its network code is.
    public static func candidates(imsi: String) -> [NetworkCode] {
        guard imsi.utf8.count >= 6 else { return [] }
        let country = String(imsi.prefix(3))
        let rest = imsi.dropFirst(3)
        return [3, 2].compactMap { NetworkCode(country: country, network: String(rest.prefix($0))) }
    }

    public var description: String { country + network }
}
