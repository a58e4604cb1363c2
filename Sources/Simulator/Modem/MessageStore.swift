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

    public func used(_ memory: Memory) -> Int { memories(of: memory).reduce(0) { $0 + (messages[$1]?.count ?? 0) } }
    public func isFull(_ memory: Memory) -> Bool { used(memory) >= capacities[memory, default: 0] }

    public mutating func resize(_ memory: Memory, to capacity: Int) {
        if capacities[memory] != nil { capacities[memory] = max(0, capacity) }
    }

    /// The location, nil when the memory is full.
    mutating func store(_ message: Message, in memory: Memory) -> Int? {
        guard !isFull(memory), let home = memories(of: memory).first(where: { !isFull($0) }) else { return nil }
        var index = firstIndex
        while messages[home]?[index] != nil { index += 1 }
        messages[home, default: [:]][index] = message
        return index + offset(of: home, in: memory)
    }

    func message(at index: Int, in memory: Memory) -> Message? {
        let place = place(of: index, in: memory)
        return messages[place.memory]?[place.index]
    }

    /// Locations with their messages in order.
    func list(_ memory: Memory) -> [(index: Int, message: Message)] {
        memories(of: memory).flatMap { home in
            (messages[home] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key + offset(of: home, in: memory), $0.value) }
        }
    }

    mutating func mark(_ index: Int, in memory: Memory, _ status: Status) {
        let place = place(of: index, in: memory)
        messages[place.memory]?[place.index]?.status = status
    }

    mutating func delete(_ index: Int, in memory: Memory) {
        let place = place(of: index, in: memory)
        messages[place.memory]?[place.index] = nil
    }

    mutating func delete(in memory: Memory, where condition: (Message) -> Bool) {
        for home in memories(of: memory) { messages[home] = messages[home]?.filter { !condition($0.value) } }
    }

    /// Whether `index` can be a location of this memory at all.
    func isLocation(_ index: Int, in memory: Memory) -> Bool {
        index >= firstIndex && index < firstIndex + max(capacities[memory, default: 0], 1)
    }

    /// `MT` is no memory of its own: the card's messages, and behind them the modem's.
    private func memories(of memory: Memory) -> [Memory] {
        memory == .terminal ? [.card, .equipment].filter { capacities[$0] != nil } : [memory]
    }

    private func offset(of home: Memory, in memory: Memory) -> Int {
        memory == .terminal && home == .equipment ? capacities[.card, default: 0] : 0
    }

    private func place(of index: Int, in memory: Memory) -> (memory: Memory, index: Int) {
        guard memory == .terminal else { return (memory, index) }
        let offset = offset(of: .equipment, in: memory)
        return index < firstIndex + offset ? (.card, index) : (.equipment, index - offset)
    }
}
