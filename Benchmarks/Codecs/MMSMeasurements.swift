import MMS

/// A picture message of 300 KB, both ways.
struct MMSMeasurements {
    /// What carriers let through most often.
    private static let size = 300_000

    func all(_ timer: inout OperationTimer) throws -> [Measurement] {
        let photo = Part(ContentType("image/jpeg"), noise(Self.size)[...], contentLocation: "photo.jpg")
        let body = Body(presenting: [photo, Part(text: "Look at this")])
        let pdu = PDU.retrieveConfirmation(
            RetrieveConfirmation(
                transactionID: "T1", messageID: "1@mms.example.net", date: 1_763_712_000, from: .number("+15550123"), to: [.number("+15550199")],
                subject: "Grüße", body: body))
        let octets = pdu.encoded()
        let decoding = try timer.time {
            guard case .retrieveConfirmation(let read) = try PDU(decoding: octets), let photo = read.body?.presented.first else {
                throw BenchError("a sample is no message")
            }
            return photo.octets.count &+ Int(photo.octets[photo.octets.endIndex - 1])
        }
        let encoding = timer.time { pdu.encoded().count }
        let copying = timer.time {
            var copy: [UInt8] = []
            copy.reserveCapacity(octets.count + 1)
            copy.append(contentsOf: octets)
            return copy.count
        }
        return [
            measurement("decode to parts in the order shown", decoding, octets.count, "no copy of the content is made"),
            measurement("encode", encoding, octets.count, "copying as many octets reaches \(Table.number(rate(copying, octets.count), .megabytesPerSecond))"),
        ]
    }

    private func measurement(_ what: String, _ microseconds: Double, _ octets: Int, _ note: String) -> Measurement {
        Measurement(
            what: "MMS of 300 KB, \(what)", unit: .megabytesPerSecond, reached: rate(microseconds, octets), promise: .atLeast(500), reference: note)
    }

    /// Octets a microsecond are megabytes a second.
    private func rate(_ microseconds: Double, _ octets: Int) -> Double {
        Double(octets) / microseconds
    }

    private func noise(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
    }
}
