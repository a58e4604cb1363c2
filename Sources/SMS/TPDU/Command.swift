import Wire

/// SMS-COMMAND: something to be done to a message sent before (3GPP TS 23.040 §9.2.2.4).
public struct Command: Hashable, Sendable {
    /// TP-CT (§9.2.3.19).
    public enum Kind: Hashable, Sendable {
        case enquiry
        case cancelStatusReport
        case delete
        case enableStatusReport
        case other(UInt8)

        public init(octet: UInt8) {
            self = switch octet {
            case 0: .enquiry
            case 1: .cancelStatusReport
            case 2: .delete
            case 3: .enableStatusReport
            default: .other(octet)
            }
        }

        public var octet: UInt8 {
            switch self {
            case .enquiry: 0
            case .cancelStatusReport: 1
            case .delete: 2
            case .enableStatusReport: 3
            case .other(let octet): octet
            }
        }
    }

    /// TP-SRR.
    public var firstOctet: FirstOctet
    /// TP-MR of the command itself.
    public var messageReference: UInt8
    /// TP-PID.
    public var protocolIdentifier: ProtocolIdentifier
    /// TP-CT.
    public var kind: Kind
    /// TP-MN: the reference of the message that is meant.
    public var messageNumber: UInt8
    /// TP-DA.
    public var destinationAddress: Address
    /// TP-CDL as it stood; another number than `data.count` when the command was cut or padded.
    public var dataLength: UInt8
    /// TP-CD, to the end of the TPDU.
    public var data: [UInt8]

    public init(_ kind: Kind, of messageNumber: UInt8, to destinationAddress: Address, messageReference: UInt8 = 0) {
        firstOctet = FirstOctet(rawValue: 0x02)
        self.messageReference = messageReference
        protocolIdentifier = .plain
        self.kind = kind
        self.messageNumber = messageNumber
        self.destinationAddress = destinationAddress
        dataLength = 0
        data = []
    }

    public var irregularities: Irregularities {
        if data.count < Int(dataLength) { return .truncated }
        return data.count > Int(dataLength) ? .excess : []
    }

    init(decoding reader: inout OctetReader) throws(DecodeError) {
        firstOctet = FirstOctet(rawValue: try reader.octet("firstOctet"))
        messageReference = try reader.octet("messageReference")
        protocolIdentifier = ProtocolIdentifier(octet: try reader.octet("protocolIdentifier"))
        kind = Kind(octet: try reader.octet("commandType"))
        messageNumber = try reader.octet("messageNumber")
        destinationAddress = try Address(decoding: &reader, "destinationAddress")
        dataLength = try reader.octet("commandDataLength")
        data = Array(reader.rest())
    }

    func encode(to writer: inout OctetWriter) {
        writer.octet(firstOctet.rawValue)
        writer.octet(messageReference)
        writer.octet(protocolIdentifier.octet)
        writer.octet(kind.octet)
        writer.octet(messageNumber)
        destinationAddress.encode(to: &writer)
        writer.octet(dataLength)
        writer.octets(data)
    }
}
