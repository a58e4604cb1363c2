/// The first octet of a TPDU, kept as it stands; which flags there are depends on the type (3GPP TS 23.040 §9.2.2).
///
/// Where a TPDU is encoded, its values (validity period, user data) have the last word on the flags that announce them.
public struct FirstOctet: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// TP-VPF (§9.2.3.3).
    public enum ValidityPeriodFormat: UInt8, Hashable, Sendable {
        case none = 0
        case enhanced = 1
        case relative = 2
        case absolute = 3
    }

    /// TP-MTI, bits 0 and 1.
    public var messageType: UInt8 {
        rawValue & 0x03
    }

    /// TP-MMS of a DELIVER or STATUS-REPORT: more messages are waiting. On the wire it is the other way round.
    public var moreMessagesToSend: Bool {
        get { !self[2] }
        set { self[2] = !newValue }
    }

    /// TP-RD of a SUBMIT: the service centre is to refuse a second message with the same reference and destination.
    public var rejectDuplicates: Bool {
        get { self[2] }
        set { self[2] = newValue }
    }

    /// TP-LP of a DELIVER or STATUS-REPORT: not to be forwarded again.
    public var loopPrevention: Bool {
        get { self[3] }
        set { self[3] = newValue }
    }

    /// TP-VPF of a SUBMIT.
    public var validityPeriodFormat: ValidityPeriodFormat {
        get { ValidityPeriodFormat(rawValue: rawValue >> 3 & 0x03) ?? .none }
        set { rawValue = rawValue & ~0x18 | newValue.rawValue << 3 }
    }

    /// TP-SRI, TP-SRR or TP-SRQ: the sender wants a report, or this report answers a COMMAND.
    public var statusReport: Bool {
        get { self[5] }
        set { self[5] = newValue }
    }

    /// TP-UDHI: the user data begins with a header.
    public var userDataHeader: Bool {
        get { self[6] }
        set { self[6] = newValue }
    }

    /// TP-RP: a reply is paid for and takes the same way.
    public var replyPath: Bool {
        get { self[7] }
        set { self[7] = newValue }
    }

    private subscript(bit: Int) -> Bool {
        get { rawValue >> bit & 1 != 0 }
        set { rawValue = newValue ? rawValue | 1 << bit : rawValue & ~(1 << bit) }
    }
}
