import NIOCore

/// The open connections, by number and by source, within the caps.
struct ConnectionTable {
    struct Connection {
        let flow: Flow
        let channel: any Channel
        /// The host we connected to, under which it proved itself where that is asked; nil for a connection that came to us.
        let peerName: String?
        /// We made it, or somebody logged in over it.
        var isProven: Bool
        /// Until when its peer may be silent: a device that is registered is reached by it alone.
        var keptUntil: ContinuousClock.Instant?
    }

    private var connections: [UInt64: Connection] = [:]
    private var bySource: [IPAddress: Int] = [:]
    /// In the order in which they came; may name some that are gone or proven.
    private var unproven = CircularBuffer<UInt64>()
    private var nextNumber: UInt64
    private let perSource: Int
    private let total: Int

    /// `first`: a random number, so that a flow of an earlier run is not taken for one of this run.
    init(perSource: Int, total: Int, first: UInt64) {
        self.perSource = perSource
        self.total = total
        nextNumber = first | 1
    }

    var count: Int { connections.count }
    var all: [Connection] { Array(connections.values) }

    var isFull: Bool { connections.count >= total }

    subscript(flow: Flow) -> Connection? { connections[flow.connection] }

    /// Whether a connection of this source would be within its cap.
    func hasRoom(for source: IPAddress) -> Bool { bySource[source.source, default: 0] < perSource }

    mutating func prove(_ flow: Flow) {
        connections[flow.connection]?.isProven = true
    }

    /// Until when the connection is kept, however long its peer is silent; in place of what was said before.
    mutating func keep(_ flow: Flow, until: ContinuousClock.Instant) {
        connections[flow.connection]?.keptUntil = until
    }

    /// The connection that has gone longest without proving whose it is: the first to make room for another.
    mutating func oldestUnproven() -> Flow? {
        while let first = unproven.first {
            if let connection = connections[first], !connection.isProven { return connection.flow }
            unproven.removeFirst()
        }
        return nil
    }

    /// Nil when a cap is reached.
    mutating func open(
        _ transport: Transport, local: PeerAddress, remote: PeerAddress, channel: any Channel, peerName: String?, isTrusted: Bool = false
    ) -> Flow? {
        guard connections.count < total, bySource[remote.ip.source, default: 0] < perSource else { return nil }
        let flow = Flow(transport, local: local, remote: remote, connection: nextNumber)
        // Odd numbers only: zero is UDP's.
        nextNumber &+= 2
        let isProven = isTrusted || peerName != nil
        connections[flow.connection] = Connection(flow: flow, channel: channel, peerName: peerName, isProven: isProven)
        if !isProven { line(up: flow.connection) }
        bySource[remote.ip.source, default: 0] += 1
        return flow
    }

    /// False if it was not open.
    @discardableResult
    mutating func close(_ flow: Flow) -> Bool {
        guard connections.removeValue(forKey: flow.connection) != nil else { return false }
        let source = flow.remote.ip.source
        let left = bySource[source, default: 1] - 1
        bySource[source] = left > 0 ? left : nil
        return true
    }

    private mutating func line(up connection: UInt64) {
        if unproven.count > 2 * total { unproven = CircularBuffer(unproven.filter { connections[$0]?.isProven == false }) }
        unproven.append(connection)
    }

    /// A connection that we made to this peer under this name.
    func existing(_ transport: Transport, to remote: PeerAddress, name: String) -> Flow? {
        connections.values.first { $0.flow.transport == transport && $0.flow.remote == remote && $0.peerName == name }?.flow
    }
}
