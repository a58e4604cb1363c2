import Wire

/// How long the service centre is to try, TP-VP (3GPP TS 23.040 §9.2.3.12).
public enum ValidityPeriod: Hashable, Sendable {
    /// The service centre decides.
    case none
    /// The octet of §9.2.3.12.1.
    case relative(UInt8)
    case absolute(Timestamp)
    case enhanced(EnhancedValidity)

    /// One day.
    public static let day = ValidityPeriod.relative(167)
    /// 63 weeks; service centres shorten it to their own longest.
    public static let longest = ValidityPeriod.relative(255)

    /// The shortest relative period that is at least so long.
    public static func relative(atLeast duration: Duration) -> ValidityPeriod {
        let (seconds, attoseconds) = duration.components
        guard seconds < 63 * 7 * 86_400 else { return .longest }
        let minutes = roundingUp(attoseconds > 0 ? seconds + 1 : seconds, 60)
        let octet: Int64 = switch minutes {
        case ...720: max(0, roundingUp(minutes, 5) - 1)
        case ...1440: 143 + roundingUp(minutes - 720, 30)
        case ...(30 * 1440): 166 + max(2, roundingUp(minutes, 1440))
        default: 192 + max(5, roundingUp(minutes, 7 * 1440))
        }
        return .relative(UInt8(clamping: octet))
    }

    private static func roundingUp(_ number: Int64, _ divisor: Int64) -> Int64 {
        number <= 0 ? 0 : (number - 1) / divisor + 1
    }

    /// The length of a relative or enhanced period; nil where there is none or it is a moment.
    public var duration: Duration? {
        switch self {
        case .none, .absolute: nil
        case .relative(let octet): Self.duration(ofRelative: octet)
        case .enhanced(let validity): validity.duration
        }
    }

    static func duration(ofRelative octet: UInt8) -> Duration {
        let n = Int(octet)
        let minutes = switch octet {
        case ...143: (n + 1) * 5
        case ...167: 720 + (n - 143) * 30
        case ...196: (n - 166) * 1440
        default: (n - 192) * 7 * 1440
        }
        return .seconds(minutes * 60)
    }

    init(decoding reader: inout OctetReader, format: FirstOctet.ValidityPeriodFormat) throws(DecodeError) {
        self = switch format {
        case .none: .none
        case .relative: .relative(try reader.octet("validityPeriod"))
        case .absolute: .absolute(try Timestamp(decoding: &reader, "validityPeriod"))
        case .enhanced: .enhanced(try EnhancedValidity(decoding: &reader))
        }
    }

    var format: FirstOctet.ValidityPeriodFormat {
        switch self {
        case .none: .none
        case .relative: .relative
        case .absolute: .absolute
        case .enhanced: .enhanced
        }
    }

    func encode(to writer: inout OctetWriter) {
        switch self {
        case .none: break
        case .relative(let octet): writer.octet(octet)
        case .absolute(let moment): moment.encode(to: &writer)
        case .enhanced(let validity): validity.encode(to: &writer)
        }
    }
}
