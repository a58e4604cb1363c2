import SMS
import Telephony
import Testing
import Wire

@testable import Messaging

/// 2026-11-20T12:00:00Z
let noon = Instant(seconds: 1_795_176_000)

let switzerland = NumberPlan(country: "CH")

func at(_ seconds: Int64) -> Instant { noon + .seconds(seconds) }

/// A receipt that came some seconds after noon; its number is its name.
func receipt(_ number: UInt64, _ octets: [UInt8], at seconds: Int64 = 0) -> Receipt {
    Receipt(id: ReceiptID(high: 0, low: number), line: "home", format: .modemPDU, place: "SM/\(number)", octets: octets, receivedAt: at(seconds))
}

func ids(_ numbers: UInt64...) -> [ReceiptID] { numbers.map { ReceiptID(high: 0, low: $0) } }

/// What a network would deliver; the service centre took it some seconds after noon.
func deliver(
    _ userData: UserData, from sender: SMS.Address? = nil, stamped seconds: Int64 = 0, coding: UInt8? = nil, pid: ProtocolIdentifier = .plain
) throws -> [UInt8] {
    let sender = try sender ?? SMS.Address(number: "+41791234567")
    let tpdu = Deliver(
        from: sender, userData, at: Timestamp(secondsSince1970: noon.seconds + seconds, zoneQuarterHours: 4),
        dataCodingScheme: coding.map(DataCodingScheme.init(rawValue:)), protocolIdentifier: pid)
    return ModemPDU(.deliver(tpdu)).encode().octets
}

func segment(
    _ sequence: UInt8, of total: UInt8, _ text: String, reference: ConcatenationReference = .short(7), from sender: SMS.Address? = nil,
    stamped seconds: Int64 = 0
) throws -> [UInt8] {
    let header = UserDataHeader([.concatenation(Concatenation(reference: reference, total: total, sequence: sequence))])
    return try deliver(UserData(gsm7: text, header: header), from: sender, stamped: seconds)
}

/// Interprets at home in Switzerland with a patience of 600 seconds.
func interpret(_ receipts: [Receipt], at seconds: Int64 = 0) throws -> [Interpretation] {
    try SMSInterpreter(numbers: #require(switzerland), patience: .seconds(600)).interpret(receipts, now: at(seconds))
}

extension Interpretation {
    /// The text of a message, nil for everything else.
    var text: String? {
        guard case .message(let content) = meaning else { return nil }
        return content.parts.compactMap(\.text).joined(separator: "|")
    }
}
