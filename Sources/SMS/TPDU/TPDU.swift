import Wire

/// A transfer protocol data unit, one of six (3GPP TS 23.040 §9.2.2).
public enum TPDU: Hashable, Sendable {
    case deliver(Deliver)
    case deliverReport(DeliverReport)
    case submit(Submit)
    case submitReport(SubmitReport)
    case statusReport(StatusReport)
    case command(Command)

    /// Reads one TPDU that takes all of `octets`. Throws where a field before the user data is missing or means nothing;
    /// user data that does not fit its length is flagged, not refused.
    public init(decoding octets: ArraySlice<UInt8>, direction: Direction) throws(DecodeError) {
        var reader = OctetReader(octets)
        let type = FirstOctet(rawValue: reader.peek ?? 0).messageType
        do throws(DecodeError) {
            switch (type, direction) {
            // The reserved type 3 is to be treated as a DELIVER (§9.2.3.1).
            case (0, .toMobile), (3, .toMobile): self = .deliver(try Deliver(decoding: &reader))
            case (1, .toMobile): self = .submitReport(try SubmitReport(decoding: &reader))
            case (_, .toMobile): self = .statusReport(try StatusReport(decoding: &reader))
            case (0, .fromMobile): self = .deliverReport(try DeliverReport(decoding: &reader))
            case (1, .fromMobile): self = .submit(try Submit(decoding: &reader))
            case (2, .fromMobile): self = .command(try Command(decoding: &reader))
            case (_, .fromMobile):
                throw DecodeError("messageType", at: octets.startIndex, .invalid("type 0, 1 or 2 expected, 3 is reserved"))
            }
        } catch {
            throw error.inside(Self.name(ofType: type, direction))
        }
    }

    public init(decoding octets: [UInt8], direction: Direction) throws(DecodeError) {
        try self.init(decoding: octets[...], direction: direction)
    }

    private static func name(ofType type: UInt8, _ direction: Direction) -> String {
        switch (type, direction) {
        case (0, .toMobile), (3, .toMobile): "deliver"
        case (1, .toMobile): "submitReport"
        case (_, .toMobile): "statusReport"
        case (0, .fromMobile): "deliverReport"
        case (1, .fromMobile): "submit"
        case (_, .fromMobile): "command"
        }
    }

    public func encode() -> [UInt8] {
        var writer = OctetWriter(reserving: 180)
        encode(to: &writer)
        return writer.octets
    }

    func encode(to writer: inout OctetWriter) {
        switch self {
        case .deliver(let deliver): deliver.encode(to: &writer)
        case .deliverReport(let report): report.encode(to: &writer)
        case .submit(let submit): submit.encode(to: &writer)
        case .submitReport(let report): report.encode(to: &writer)
        case .statusReport(let report): report.encode(to: &writer)
        case .command(let command): command.encode(to: &writer)
        }
    }
}
