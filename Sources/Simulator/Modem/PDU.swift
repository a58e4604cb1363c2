/// A TPDU with the service centre field that goes before it on an AT link.
public struct PDU: Equatable, Sendable {
    /// Length octet, type of address and digits; a lone zero for "the card's own".
    public var serviceCentre: [UInt8]
    public var tpdu: [UInt8]

    public init(serviceCentre: [UInt8] = [0], tpdu: [UInt8]) {
        self.serviceCentre = serviceCentre
        self.tpdu = tpdu
    }

    /// Parts octets whose first one counts the service centre field. Nil when they are too few.
    public init?(octets: [UInt8]) {
        guard let length = octets.first, octets.count > Int(length) + 1 else { return nil }
        serviceCentre = Array(octets[...Int(length)])
        tpdu = Array(octets[(Int(length) + 1)...])
    }
}
