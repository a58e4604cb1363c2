/// Cuts octets into packets (the manager interface of Asterisk, as Yeastar's TG gateways speak it). However they come, the same comes out.
struct ManagerFramer: Sendable {
    static let lineLimit = 64 * 1024
    static let packetLimit = 500

    private var line: [UInt8] = []
    private var lines: [String] = []
    /// The answer to a command may have empty lines.
    private var isAnswer: Bool { lines.first?.lowercased().hasPrefix("response: follows") ?? false }

    /// Throws where a line or a packet has no end.
    mutating func feed(_ octets: some Sequence<UInt8>) throws(ManagerError) -> [ManagerPacket] {
        var packets: [ManagerPacket] = []
        for octet in octets {
            guard octet == UInt8(ascii: "\n") else {
                guard line.count < Self.lineLimit else { throw ManagerError(reason: "a line of it has no end") }
                line.append(octet)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            let text = String(decoding: line, as: UTF8.self)
            line = []
            if let packet = try take(text) { packets.append(packet) }
        }
        return packets
    }

    private mutating func take(_ text: String) throws(ManagerError) -> ManagerPacket? {
        let isMark = text.hasPrefix("--END ") && text.hasSuffix("--")
        if isMark || (text.isEmpty && !isAnswer) || text.hasPrefix("Asterisk Call Manager") {
            let whole = isMark || text.isEmpty ? lines : lines + [text]
            lines = []
            return whole.isEmpty ? nil : ManagerPacket(lines: whole)
        }
        guard lines.count < Self.packetLimit else { throw ManagerError(reason: "a packet of it has no end") }
        lines.append(text)
        return nil
    }
}
