import SMS

/// Turns texts from outside into SMS-DELIVER TPDUs, with whatever is to go wrong on the way.
struct TextComposer: Sendable {
    /// The field that goes before a TPDU on an AT link.
    let serviceCentre: [UInt8]
    /// The service centre's zone in quarter hours.
    var zone = TextComposer.standardZone
    private var faults: [AirFault] = []
    private var reference: UInt8 = 0

    /// Central European winter time.
    static let standardZone = 4

    init(serviceCentre number: String) {
        // The field is what `ModemPDU` writes before any TPDU.
        let encoded = ModemPDU(.submitReport(SubmitReport(at: Timestamp(octets: []))), serviceCentre: try? Address(number: number)).encode()
        serviceCentre = Array(encoded.octets.prefix(encoded.octets.count - encoded.tpduLength))
    }

    func timestamp(_ unixTime: Int) -> Timestamp {
        Timestamp(secondsSince1970: Int64(unixTime), zoneQuarterHours: zone)
    }

    mutating func plan(_ fault: AirFault) {
        faults.append(fault)
    }

    mutating func heal() {
        faults = []
    }

    /// TPDUs in the order in which they are to be delivered. A sender that is no number is a name.
    mutating func compose(_ text: String, from: String, at time: Int) throws(EncodeError) -> [[UInt8]] {
        let sender = try TextComposer.address(from)
        reference &+= 1
        let plan = try Segmentation.plan(text, reference: .short(reference))
        var coding = plan.dataCodingScheme
        if faults.contains(.wrongCoding) { coding = plan.alphabet == .ucs2 ? .gsm7 : .ucs2 }
        let tpdus = plan.segments.enumerated().map { place, segment in
            var deliver = Deliver(from: sender, segment.userData, at: timestamp(time), dataCodingScheme: coding)
            deliver.firstOctet.moreMessagesToSend = place + 1 < plan.segments.count
            return TPDU.deliver(deliver).encode()
        }
        defer { faults = [] }
        return spoiled(tpdus)
    }

    private func spoiled(_ tpdus: [[UInt8]]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        for (place, tpdu) in tpdus.enumerated() where !faults.contains(.missingSegment(place + 1)) {
            result.append(tpdu)
            if faults.contains(.duplicateSegment(place + 1)) { result.append(tpdu) }
        }
        return faults.contains(.reversed) ? result.reversed() : result
    }

    private static func address(_ text: String) throws(EncodeError) -> Address {
        let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
        let isNumber = !digits.isEmpty && digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "*" || $0 == "#") }
        return try isNumber ? Address(number: text) : Address(name: text)
    }
}
