/// A message that came to the phone.
public struct SMSGateMessage: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case text(String)
        case data([UInt8])
        case picture(id: Int, body: String?, subject: String?, files: [File])
    }

    public struct File: Hashable, Sendable {
        public let contentType: String
        public let name: String?
        /// Nil where the app could not read it.
        public let octets: [UInt8]?

        public init(_ contentType: String, name: String? = nil, octets: [UInt8]?) {
            self.contentType = contentType
            self.name = name
            self.octets = octets
        }
    }

    public let sender: String
    public let content: Content
    /// By the network's clock, in milliseconds.
    public let at: Int64
    /// Counted from 1; nil where the phone does not know.
    public let sim: Int?

    public init(_ content: Content, from sender: String, at: Int64, sim: Int? = 1) {
        self.sender = sender
        self.content = content
        self.at = at
        self.sim = sim
    }

    /// The number by which the app tells messages apart: Java's hashCode of what it is made of. SIM n has the subscription n + 4.
    var hash: Int32 {
        var hash = Self.hash(of: sender)
        hash = hash &* 31 &+ Int32(truncatingIfNeeded: at ^ (at >> 32))
        hash = hash &* 31 &+ Int32(sim.map { $0 + 4 } ?? 0)
        switch content {
        case .text(let text): return hash &* 31 &+ Self.hash(of: text)
        case .data(let octets): return hash &* 31 &+ octets.reduce(1) { $0 &* 31 &+ Int32(Int8(bitPattern: $1)) }
        case .picture(let id, _, _, _): return Self.hash(of: String(id))
        }
    }

    private static func hash(of text: String) -> Int32 {
        var hash: Int32 = 0
        for unit in text.utf16 { hash = hash &* 31 &+ Int32(unit) }
        return hash
    }

    /// As the inbox lists it.
    var entry: SMSGateInboxItem? {
        guard case .text(let text) = content else { return nil }
        return SMSGateInboxItem(id: "text:\(hash)", type: "SMS", sender: sender, simNumber: sim, contentPreview: text, createdAt: HandsetTimes.text(at))
    }
}
