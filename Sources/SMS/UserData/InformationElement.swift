import Wire

/// One element of a user data header (3GPP TS 23.040 §9.2.3.24). One of unexpected length is kept as `other`.
public enum InformationElement: Hashable, Sendable {
    case concatenation(Concatenation)
    case ports(ApplicationPorts)
    case specialMessageIndication(SpecialMessageIndication)
    case nationalSingleShift(NationalLanguage)
    case nationalLockingShift(NationalLanguage)
    /// (U)SIM toolkit security header, identifiers 70 to 7F.
    case simToolkit(identifier: UInt8, octets: [UInt8])
    case other(identifier: UInt8, octets: [UInt8])

    init(identifier: UInt8, octets: ArraySlice<UInt8>) {
        let first = octets.startIndex
        func at(_ index: Int) -> UInt8 { octets[first + index] }
        func wide(_ index: Int) -> UInt16 { UInt16(at(index)) << 8 | UInt16(at(index + 1)) }
        switch (identifier, octets.count) {
        case (0x00, 3):
            self = .concatenation(Concatenation(reference: .short(at(0)), total: at(1), sequence: at(2)))
        case (0x08, 4):
            self = .concatenation(Concatenation(reference: .long(wide(0)), total: at(2), sequence: at(3)))
        case (0x01, 2):
            self = .specialMessageIndication(SpecialMessageIndication(indication: at(0), count: at(1)))
        case (0x04, 2):
            self = .ports(.short(destination: at(0), source: at(1)))
        case (0x05, 4):
            self = .ports(.long(destination: wide(0), source: wide(2)))
        case (0x24, 1):
            self = .nationalSingleShift(NationalLanguage(rawValue: at(0)))
        case (0x25, 1):
            self = .nationalLockingShift(NationalLanguage(rawValue: at(0)))
        case (0x70...0x7F, _):
            self = .simToolkit(identifier: identifier, octets: Array(octets))
        default:
            self = .other(identifier: identifier, octets: Array(octets))
        }
    }

    /// Octets on the wire, identifier and length included.
    var octetCount: Int {
        switch self {
        case .concatenation(let segment): if case .short = segment.reference { 5 } else { 6 }
        case .specialMessageIndication, .ports(.short): 4
        case .ports(.long): 6
        case .nationalSingleShift, .nationalLockingShift: 3
        case .simToolkit(_, let octets), .other(_, let octets): 2 + min(octets.count, Int(UInt8.max))
        }
    }

    func encode(to writer: inout OctetWriter) {
        switch self {
        case .concatenation(let segment):
            encode(segment, to: &writer)
        case .specialMessageIndication(let waiting):
            writer.octets([0x01, 2, waiting.indication, waiting.count])
        case .ports(.short(let destination, let source)):
            writer.octets([0x04, 2, destination, source])
        case .ports(.long(let destination, let source)):
            writer.octets([0x05, 4])
            writer.uint16(destination)
            writer.uint16(source)
        case .nationalSingleShift(let language):
            writer.octets([0x24, 1, language.rawValue])
        case .nationalLockingShift(let language):
            writer.octets([0x25, 1, language.rawValue])
        case .simToolkit(let identifier, let octets), .other(let identifier, let octets):
            writer.octet(identifier)
            writer.octet(UInt8(clamping: octets.count))
            writer.octets(octets.prefix(Int(UInt8.max)))
        }
    }

    private func encode(_ segment: Concatenation, to writer: inout OctetWriter) {
        switch segment.reference {
        case .short(let number):
            writer.octets([0x00, 3, number])
        case .long(let number):
            writer.octets([0x08, 4])
            writer.uint16(number)
        }
        writer.octets([segment.total, segment.sequence])
    }
}
