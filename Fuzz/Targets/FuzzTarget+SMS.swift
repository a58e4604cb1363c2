import SMS

extension FuzzTarget {
    /// What reads is written back to the same value.
    static func sms(_ octets: [UInt8]) -> String? {
        for direction in [Direction.toMobile, .fromMobile] {
            guard let pdu = try? ModemPDU(decoding: octets, direction: direction) else { continue }
            guard (try? ModemPDU(decoding: pdu.encode().octets, direction: direction)) == pdu else {
                return "what was encoded decodes to another value (\(direction))"
            }
            guard case .deliver(let deliver) = pdu.tpdu, let seconds = deliver.serviceCentreTimestamp.secondsSince1970 else { continue }
            // A zone is a day at most.
            if seconds < -86_400 || seconds > 4_102_444_800 + 86_400 { return "a service centre's time out of 1970 to 2100" }
        }
        return nil
    }

    /// Every text of at most 255 segments survives being cut and read again, and no segment is over its limit. The first octet is the
    /// reference.
    static func segmentation(_ octets: [UInt8]) -> String? {
        let text = String(decoding: octets.dropFirst(), as: UTF8.self)
        let count = Segmentation.count(text)
        let plan: SegmentPlan
        do throws(EncodeError) {
            plan = try Segmentation.plan(text, reference: .short(octets.first ?? 0))
        } catch {
            return error == .tooManySegments(limit: 255) && count.segments > 255 ? nil : "not cut: \(error)"
        }
        if plan.segments.count != count.segments || plan.segments.isEmpty { return "counted otherwise than cut" }
        if plan.segments.map(\.text).joined() != text { return "the segments' texts are not the text" }
        guard let sender = try? Address(number: "+15550123") else { return "no sender" }
        for segment in plan.segments {
            if segment.userData.octets.count > UserData.maximumOctets { return "a segment of \(segment.userData.octets.count) octets" }
            let deliver = TPDU.deliver(Deliver(from: sender, segment.userData, at: epoch, dataCodingScheme: plan.dataCodingScheme))
            guard case .deliver(let read) = try? TPDU(decoding: deliver.encode(), direction: .toMobile), read.userData.text == segment.text else {
                return "a segment reads otherwise than it was written"
            }
        }
        return nil
    }

    private static let epoch = Timestamp(secondsSince1970: 1_795_176_000, zoneQuarterHours: 0)
}
