/// An open serial line: octets as they come, and a way to write. It belongs to one owner for as long as the scope that opened it.
public struct SerialPort: Sendable {
    /// Ends when the device is gone or the far side hung up. To be iterated once.
    public let inbound: any AsyncSequence<[UInt8], any Error> & Sendable
    private let send: @Sendable ([UInt8]) async throws -> Void
    private let hangUp: @Sendable () -> Void

    public init(
        inbound: any AsyncSequence<[UInt8], any Error> & Sendable, send: @escaping @Sendable ([UInt8]) async throws -> Void,
        hangUp: @escaping @Sendable () -> Void
    ) {
        self.inbound = inbound
        self.send = send
        self.hangUp = hangUp
    }

    /// Returns when the kernel has the octets; throws when the line is gone. Not cut short by cancellation: only `close` ends it.
    public func write(_ octets: [UInt8]) async throws {
        try await send(octets)
    }

    /// Ends `inbound` and fails writes that are under way.
    public func close() {
        hangUp()
    }
}

/// Where serial lines come from: the machine's devices and the network, or a script in a test.
public protocol SerialPorts: Sendable {
    /// Devices that could be a modem, in a stable order.
    func candidates() -> [SerialPlace]
    /// Whether the device of this name is plugged in. False for the network, of which only an attempt tells.
    func isPluggedIn(_ place: SerialPlace) -> Bool
    /// Opens the line for the duration of `body`. Throws `SerialError` when it cannot be opened, else what `body` throws.
    func withPort<Result: Sendable>(at place: SerialPlace, _ body: @Sendable (SerialPort) async throws -> Result) async throws -> Result
}

/// Why a serial line could not be opened.
public enum SerialError: Error, Hashable, Sendable {
    case absent(SerialPlace)
    case denied(SerialPlace)
    /// Another program has it.
    case taken(SerialPlace, by: String?)
    case failed(SerialPlace, reason: String)
}

extension SerialError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .absent(let place): "\(place) is not there"
        case .denied(let place): "\(place) may not be opened: the user must be in the group dialout"
        case .taken(let place, nil): "\(place) is used by another program; ModemManager and gammu-smsd are the usual ones"
        case .taken(let place, let holder?): "\(place) is used by \(holder)"
        case .failed(let place, let reason): "\(place) cannot be opened: \(reason)"
        }
    }
}
