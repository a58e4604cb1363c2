import Telephony

/// FNV-1a over a row's content: any one flipped bit gives another sum, because every step can be undone.
struct Checksum {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    var column: Int64 { Int64(bitPattern: state) }

    mutating func add(_ octets: some Sequence<UInt8>) {
        var count: UInt64 = 0
        for octet in octets {
            stir(octet)
            count &+= 1
        }
        // The length keeps neighbouring fields apart.
        add(Int64(bitPattern: count))
    }

    mutating func add(_ number: Int64) {
        for shift in stride(from: Int64(0), to: 64, by: 8) { stir(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func add(_ text: String?) {
        stir(text == nil ? 0 : 1)
        if let text { add(text.utf8) }
    }

    private mutating func stir(_ octet: UInt8) {
        state = (state ^ UInt64(octet)) &* 0x0000_0100_0000_01B3
    }
}

extension Checksum {
    init(of octets: [UInt8]) {
        self.init()
        add(octets)
    }

    /// Of all that a receipt is besides its octets.
    init(ofEnvelope receipt: Receipt) {
        self.init()
        for text in [receipt.id.description, receipt.line.name, receipt.format.rawValue, receipt.place] { add(text) }
        add(receipt.receivedAt.milliseconds)
    }

    init(of destination: Destination) {
        self.init()
        let columns = destination.columns
        for text in [columns.scope, columns.owner, columns.recipients, columns.person, columns.device] { add(text) }
        // Sums that were stored before there were receivers stay as they are.
        if let receiver = columns.receiver { add(receiver) }
    }

    /// Binds a delivery to what it brings and where: neither can be taken for another's.
    init(of delivery: Delivery) {
        self.init(of: delivery.destination)
        let content = delivery.content.columns
        for text in [
            delivery.id.description, delivery.message.description, content.kind, content.recipient.map(ColumnText.encode),
            content.failure?.cause.code, content.failure?.detail,
        ] {
            add(text)
        }
        add(content.at?.milliseconds ?? .min)
    }

    /// Of a segment that a carrier accepted; `delivery` is the delivery's row number.
    init(ofSegment position: Int, of delivery: Int64, reference: String) {
        self.init()
        add(delivery)
        add(Int64(position))
        add(reference)
    }

    init(of retrieval: Retrieval) {
        self.init()
        let announcement = retrieval.announcement
        for text in [
            retrieval.id.description, retrieval.line.name, announcement.transaction, announcement.location,
            announcement.sender.map(ColumnText.encode), announcement.subject,
        ] {
            add(text)
        }
        for number in [Int64(announcement.size), announcement.expires.milliseconds, retrieval.announcedAt.milliseconds] { add(number) }
    }

    init(of message: Message) {
        self.init()
        add(message.id.description)
        add(message.line.name)
        add(message.direction.rawValue)
        add(message.sender.map(ColumnText.encode))
        add(ColumnText.encode(message.participants))
        add(message.presentation.rawValue)
        add(message.sentAt?.milliseconds ?? .min)
        add(message.recordedAt.milliseconds)
        add(message.origin?.endpoint.name)
        add(message.origin?.person?.name)
        add(message.origin?.device?.name)
        add(message.origin?.reference)
        // Columns that came later count only where they say something: older rows keep their sums.
        if let subject = message.subject { add(subject) }
        if let reference = message.readReportReference { add(reference) }
        for reference in message.origin?.joined ?? [] { add(reference) }
        for part in message.parts {
            add(part.contentType)
            add(part.name)
            switch part.content {
            case .inline(let octets): add(octets)
            case .stored(let media):
                add(media.digest)
                add(Int64(media.size))
            }
        }
    }
}
