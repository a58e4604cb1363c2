import Wire

/// User data header, TP-UDH (3GPP TS 23.040 §9.2.3.24).
public struct UserDataHeader: Hashable, Sendable {
    public var elements: [InformationElement]
    /// What stood behind the last element that could be read; empty in a well-formed header.
    public var unreadable: [UInt8]

    public init(_ elements: [InformationElement]) {
        self.elements = elements
        unreadable = []
    }

    /// The elements of the octets that follow the header's length octet. Never fails: the rest is kept as `unreadable`.
    init(decoding octets: ArraySlice<UInt8>) {
        elements = []
        var index = octets.startIndex
        while octets.endIndex - index >= 2 {
            let start = index + 2
            let end = start + Int(octets[index + 1])
            guard end <= octets.endIndex else { break }
            elements.append(InformationElement(identifier: octets[index], octets: octets[start..<end]))
            index = end
        }
        unreadable = Array(octets[index...])
    }

    /// The header with its length octet.
    func encode() throws(EncodeError) -> [UInt8] {
        var writer = OctetWriter(reserving: 8)
        writer.octet(0)
        for element in elements { element.encode(to: &writer) }
        writer.octets(unreadable)
        guard writer.octets.count <= UserData.maximumOctets else { throw .tooLong(limit: UserData.maximumOctets) }
        var octets = writer.octets
        octets[0] = UInt8(truncatingIfNeeded: octets.count - 1)
        return octets
    }

    /// Which segment this is; the last element counts when there are several (§9.2.3.24).
    public var concatenation: Concatenation? {
        for case .concatenation(let segment) in elements.reversed() { return segment }
        return nil
    }

    /// The application the data is for; the last element counts.
    public var ports: ApplicationPorts? {
        for case .ports(let ports) in elements.reversed() { return ports }
        return nil
    }

    public var specialMessageIndications: [SpecialMessageIndication] {
        elements.compactMap { if case .specialMessageIndication(let waiting) = $0 { waiting } else { nil } }
    }

    /// The tables that the shift elements name.
    public var shiftTables: ShiftTables {
        var tables = ShiftTables.standard
        for element in elements {
            switch element {
            case .nationalSingleShift(let language): tables.single = language
            case .nationalLockingShift(let language): tables.locking = language
            default: continue
            }
        }
        return tables
    }
}
