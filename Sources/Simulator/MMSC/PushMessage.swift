import SMS

/// A WAP push on its way through the air: what an MMSC sends by short message (WAP-230 §8.2.4, WAP-235).
enum PushMessage {
    /// The content type and the application of MMS, as the push headers name them.
    private static let head: [UInt8] = {
        let headers = WSPValue.text("application/vnd.wap.mms-message") + [0xAF, 0x84]
        return [0x06] + WSPValue.uintvar(headers.count) + headers
    }()

    /// Octets of each segment beside a header with ports and concatenation.
    private static let segmentSize = 128
    private static let port: UInt16 = 2948
    private static let sourcePort: UInt16 = 9200

    /// SMS-DELIVER TPDUs in order.
    static func tpdus(_ pdu: [UInt8], transaction: UInt8, from: String, at timestamp: Timestamp) throws(EncodeError) -> [[UInt8]] {
        let octets = [transaction] + head + pdu
        let sender = try Address(number: from)
        let total = max(1, (octets.count + segmentSize - 1) / segmentSize)
        var tpdus: [[UInt8]] = []
        for place in 0..<total {
            var elements: [InformationElement] = [.ports(.long(destination: port, source: sourcePort))]
            if total > 1 {
                elements.append(
                    .concatenation(Concatenation(reference: .short(transaction), total: UInt8(clamping: total), sequence: UInt8(clamping: place + 1))))
            }
            let content = Array(octets[(place * segmentSize)..<min(octets.count, (place + 1) * segmentSize)])
            var deliver = Deliver(from: sender, try UserData(octets: content, header: UserDataHeader(elements)), at: timestamp)
            deliver.firstOctet.moreMessagesToSend = place + 1 < total
            tpdus.append(TPDU.deliver(deliver).encode())
        }
        return tpdus
    }
}
