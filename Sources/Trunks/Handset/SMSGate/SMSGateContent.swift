import HTTPStack
import Messaging
import SMS
import Telephony

/// What a message to be sent consists of.
enum SMSGateContent: Hashable, Sendable {
    case text(String)
    /// For an application on the recipient's phone that listens on a port (3GPP TS 23.040 §9.2.3.24.4).
    case data([UInt8], port: Int)

    /// Octets of user data beside a header with sixteen-bit ports.
    static let dataLimit = 133

    /// How many texts it is on the air.
    var segments: Int {
        switch self {
        case .text(let text): Segmentation.count(text).segments
        case .data: 1
        }
    }

    var member: JSON.Member {
        switch self {
        case .text(let text): ("textMessage", ["text": .string(text)])
        case .data(let octets, let port): ("dataMessage", ["data": .string(HandsetBase64.encode(octets)), "port": .integer(Int64(port))])
        }
    }
}
