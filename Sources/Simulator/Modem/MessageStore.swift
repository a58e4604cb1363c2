/// The message memories of card and modem (3GPP TS 27.005 §3.1, §3.2.2).
public struct MessageStore: Equatable, Sendable {
    /// A memory's name as `+CPMS` spells it.
    public enum Memory: String, CaseIterable, Equatable, Sendable {
        /// The SIM card.
        case card = "SM"
        /// The modem itself.
        case equipment = "ME"
        /// Status reports.
        case reports = "SR"
        /// All of the modem's memory.
        case terminal = "MT"
    }

    /// `<stat>` in PDU mode.
    public enum Status: Int, Equatable, Sendable {
        case unread = 0, read = 1, unsent = 2, sent = 3
    }

    public struct Message: Equatable, Sendable {
        public var status: Status
        /// Service centre field and TPDU as they are printed.
        public var pdu: PDU
    }

    /// How many messages fit; a memory that is not named does not exist.
    public private(set) var capacities: [Memory: Int]
    /// The lowest location; 0 on Huawei.
    public let firstIndex: Int
    private var messages: [Memory: [Int: Message]] = [:]

    public init(capacities: [Memory: Int], firstIndex: Int) {
        self.capacities = capacities
        self.firstIndex = firstIndex
    }

    public func used(_ memory: Memory) -> Int { messages[memory]?.count ?? 0 }
    public func isFull(_ memory: Memory) -> Bool { used(memory) >= capacities[memory, default: 0] }

    public mutating func resize(_ memory: Memory, to capacity: Int) {
        if capacities[memory] != nil { capacities[memory] = max(0, capacity) }
    }

    /// The location, nil when the memory is full.
    mutating func store(_ message: Message, in memory: Memory) -> Int? {
        guard !isFull(memory) else { return nil }
        var index = firstIndex
        while messages[memory]?[index] != nil { index += 1 }
        messages[memory, default: [:]][index] = message
        return index
    }

    func message(at index: Int, in memory: Memory) -> Message? { messages[memory]?[index] }

    /// Locations with their messages in order.
    func list(_ memory: Memory) -> [(index: Int, message: Message)] {
        (messages[memory] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    mutating func mark(_ index: Int, in memory: Memory, _ status: Status) {
        messages[memory]?[index]?.status = status
    }

    mutating func delete(_ index: Int, in memory: Memory) {
        messages[memory]?[index] = nil
    }

    mutating func delete(in memory: Memory, where condition: (Message) -> Bool) {
        messages[memory] = messages[memory]?.filter { !condition($0.value) }
    }

    /// Whether `index` can be a location of this memory at all.
    func isLocation(_ index: Int, in memory: Memory) -> Bool {
        index >= firstIndex && index < firstIndex + max(capacities[memory, default: 0], 1)
    }
}
