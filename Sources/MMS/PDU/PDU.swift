import Wire

/// A protocol data unit of the multimedia messaging service (OMA-TS-MMS_ENC 1.3).
public enum PDU: Hashable, Sendable {
    case sendRequest(SendRequest)
    case sendConfirmation(SendConfirmation)
    case notificationIndication(NotificationIndication)
    case notifyResponse(NotifyResponse)
    case retrieveConfirmation(RetrieveConfirmation)
    case acknowledge(Acknowledge)
    case deliveryIndication(DeliveryIndication)
    case readReport(ReadReport)
    case readOriginator(ReadOriginator)
    case forwardRequest(ForwardRequest)
    case forwardConfirmation(ForwardConfirmation)
    case other(OtherPDU)

    /// Reads one PDU that takes all of `octets`, in whatever order its fields stand. What is not known, came twice or does not read is
    /// kept. Throws where there is no message type, and where a field is missing without which the PDU is of no use.
    public init(decoding octets: ArraySlice<UInt8>) throws(DecodeError) {
        var fields = try Fields(decoding: octets)
        do throws(DecodeError) {
            self = switch fields.type {
            case .sendRequest: .sendRequest(try SendRequest(decoding: &fields))
            case .sendConfirmation: .sendConfirmation(try SendConfirmation(decoding: &fields))
            case .notificationIndication: .notificationIndication(try NotificationIndication(decoding: &fields))
            case .notifyResponse: .notifyResponse(try NotifyResponse(decoding: &fields))
            case .retrieveConfirmation: .retrieveConfirmation(RetrieveConfirmation(decoding: &fields))
            case .acknowledge: .acknowledge(Acknowledge(decoding: &fields))
            case .deliveryIndication: .deliveryIndication(try DeliveryIndication(decoding: &fields))
            case .readReport: .readReport(try ReadReport(decoding: &fields))
            case .readOriginator: .readOriginator(try ReadOriginator(decoding: &fields))
            case .forwardRequest: .forwardRequest(try ForwardRequest(decoding: &fields))
            case .forwardConfirmation: .forwardConfirmation(try ForwardConfirmation(decoding: &fields))
            default: .other(OtherPDU(decoding: &fields))
            }
        } catch {
            throw error.inside(fields.type.name)
        }
    }

    public init(decoding octets: [UInt8]) throws(DecodeError) {
        try self.init(decoding: octets[...])
    }

    public func encoded() -> [UInt8] {
        switch self {
        case .sendRequest(let pdu): pdu.encoded()
        case .sendConfirmation(let pdu): pdu.encoded()
        case .notificationIndication(let pdu): pdu.encoded()
        case .notifyResponse(let pdu): pdu.encoded()
        case .retrieveConfirmation(let pdu): pdu.encoded()
        case .acknowledge(let pdu): pdu.encoded()
        case .deliveryIndication(let pdu): pdu.encoded()
        case .readReport(let pdu): pdu.encoded()
        case .readOriginator(let pdu): pdu.encoded()
        case .forwardRequest(let pdu): pdu.encoded()
        case .forwardConfirmation(let pdu): pdu.encoded()
        case .other(let pdu): pdu.encoded()
        }
    }

    public var type: MessageType {
        switch self {
        case .sendRequest: .sendRequest
        case .sendConfirmation: .sendConfirmation
        case .notificationIndication: .notificationIndication
        case .notifyResponse: .notifyResponse
        case .retrieveConfirmation: .retrieveConfirmation
        case .acknowledge: .acknowledge
        case .deliveryIndication: .deliveryIndication
        case .readReport: .readReport
        case .readOriginator: .readOriginator
        case .forwardRequest: .forwardRequest
        case .forwardConfirmation: .forwardConfirmation
        case .other(let pdu): pdu.type
        }
    }
}
