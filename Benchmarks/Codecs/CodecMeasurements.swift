import SIP
import SMS
import Telephony

/// The pure parts, in this process: CPU time an operation, one thread.
struct CodecMeasurements {
    private var timer = OperationTimer()

    mutating func all() throws -> [Measurement] {
        let measurements = try sip() + sms() + MMSMeasurements().all(&timer) + numbers()
        // Every result went into it, so none could be left uncomputed.
        guard timer.residue != .min else { throw BenchError("the results cancel out") }
        return measurements
    }

    private mutating func sip() throws -> [Measurement] {
        let samples: [(String, [UInt8], limit: Double, reference: String)] = [
            ("MESSAGE", SIPSamples.message, 0.5, "0.38 by hand, sofia-sip 1.3"), ("MESSAGE", SIPSamples.authorisedMessage, 0.5, "sofia-sip 1.3"),
            ("INVITE", SIPSamples.invite, 1.0, "sofia-sip 2.5"),
        ]
        return try samples.map { name, octets, limit, reference in
            let decoding = try timer.time { try SIP.Message(decoding: octets).headers.count }
            let reading = try timer.time {
                let headers = try SIP.Message(decoding: octets).headers
                guard let branch = headers.topVia?.branch, let callID = headers.callID, let cseq = headers.cseq else {
                    throw BenchError("a sample lacks a field")
                }
                return branch.utf8.count &+ callID.utf8.count &+ cseq.number
            }
            return Measurement(
                what: "SIP parse to Via branch, Call-ID, CSeq: \(name) \(octets.count) octets", unit: .microseconds, reached: reading,
                promise: .atMost(limit), reference: reference,
                explanation: "\(Table.number(decoding, .microseconds)) to find the fields, the rest to make three of them values.")
        }
    }

    private mutating func sms() throws -> [Measurement] {
        let text = String(String(repeating: "The quick brown fox jumps over the lazy dog. ", count: 4).prefix(160))
        let address = try SMS.Address(number: "+15550100123")
        let data = try UserData(gsm7: text)
        let pdu = TPDU.deliver(Deliver(from: address, data, at: Timestamp(secondsSince1970: 1_732_000_000))).encode()
        let packing = try timer.time { try UserData(gsm7: text).octets.count }
        let decode = try timer.time {
            guard case .deliver(let deliver) = try TPDU(decoding: pdu, direction: .toMobile), let text = deliver.userData.text else {
                throw BenchError("a sample is no DELIVER")
            }
            return text.utf8.count
        }
        let encode = try timer.time { TPDU.submit(Submit(to: address, try UserData(gsm7: text))).encode().count }
        let long = String(String(repeating: "A text of several segments, as people write them. ", count: 8).prefix(400))
        let segmentation = try timer.time { try Segmentation.plan(long, reference: .short(7)).segments.count }
        return [
            Measurement(
                what: "SMS-DELIVER decode, 160 septets", unit: .microseconds, reached: decode, promise: .atMost(0.8),
                reference: "libgammu 3.0, warthog618 3.8", explanation: "most of it makes a String of 160 septets."),
            Measurement(
                what: "SMS-SUBMIT encode, 160 septets", unit: .microseconds, reached: encode, promise: .atMost(0.8),
                reference: "libgammu 3.0, warthog618 1.5",
                explanation: "\(Table.number(packing, .microseconds)) to turn the text into septets and pack them."),
            Measurement(what: "Segmentation of 400 characters", unit: .microseconds, reached: segmentation),
        ]
    }

    private mutating func numbers() throws -> [Measurement] {
        guard let plan = NumberPlan(country: "CH") else { throw BenchError("there is no number plan of CH") }
        let numbers = ["079 123 45 67", "+41 44 668 18 00", "+1 415 555 2671", "0049 30 901820"]
        let time = timer.time { numbers.reduce(0) { $0 &+ (plan.normalise($1)?.text.utf8.count ?? 0) } }
        return [Measurement(what: "Number to E.164", unit: .microseconds, reached: time / Double(numbers.count))]
    }
}
