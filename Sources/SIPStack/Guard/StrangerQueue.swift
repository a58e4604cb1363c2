import NIOCore
import SIP

/// What came from sources that nobody knows, waiting for time that those who are known leave over. A value, bounded in number and octets:
/// what finds it full is not heard, and who is in earnest says it again.
struct StrangerQueue {
    struct Entry {
        enum Content {
            case datagram([UInt8])
            case message(Message)
        }

        let content: Content
        let flow: Flow

        fileprivate var octetCount: Int {
            switch content {
            case .datagram(let octets): octets.count
            // The fields of a decoded message keep the octets of the whole.
            case .message(let message): 2 * message.body.count + 4_096
            }
        }
    }

    private let limits: StrangerLimits
    private var entries = CircularBuffer<Entry>()
    private var octetCount = 0

    init(_ limits: StrangerLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }

    /// False when there is no room.
    mutating func append(_ content: Entry.Content, over flow: Flow) -> Bool {
        let entry = Entry(content: content, flow: flow)
        guard entries.count < limits.waiting, octetCount + entry.octetCount <= limits.waitingOctets else { return false }
        entries.append(entry)
        octetCount += entry.octetCount
        return true
    }

    /// Takes out what came over one flow, in order.
    mutating func remove(over flow: Flow) -> [Entry] {
        let taken = Array(entries.filter { $0.flow == flow })
        guard !taken.isEmpty else { return [] }
        entries.removeAll { $0.flow == flow }
        octetCount -= taken.reduce(0) { $0 + $1.octetCount }
        return taken
    }

    /// The one that has waited longest.
    mutating func popFirst() -> Entry? {
        guard let entry = entries.popFirst() else { return nil }
        octetCount -= entry.octetCount
        return entry
    }
}
