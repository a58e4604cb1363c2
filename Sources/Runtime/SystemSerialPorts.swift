import Glibc
import NIOCore
import NIOPosix

/// The serial lines of this machine and those that servers forward.
public struct SystemSerialPorts: SerialPorts {
    /// Whether older programs are kept out by a lock file as well.
    public enum LockFile: Sendable {
        case written(in: String)
        case none

        /// Where programs of this system look for them.
        public static let usual = LockFile.written(in: "/var/lock")
    }

    private let group: any EventLoopGroup
    private let speed: SerialSpeed
    private let lockFile: LockFile

    public init(group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, speed: SerialSpeed = .baud115200, lockFile: LockFile = .usual) {
        self.group = group
        self.speed = speed
        self.lockFile = lockFile
    }

    /// Stable names first; a device is listed once.
    public func candidates() -> [SerialPlace] {
        var seen: Set<String> = []
        let byID = Self.entries(of: "/dev/serial/by-id").map { "/dev/serial/by-id/\($0)" }
        let plain = Self.entries(of: "/dev").filter { $0.hasPrefix("ttyUSB") || $0.hasPrefix("ttyACM") }.map { "/dev/\($0)" }
        return (byID + plain).filter { seen.insert(SerialLockFile.resolved($0)).inserted }.map { .device(path: $0) }
    }

    public func isPluggedIn(_ place: SerialPlace) -> Bool {
        switch place {
        case .device(let path): access(path, F_OK) == 0
        case .network: false
        }
    }

    public func withPort<Result: Sendable>(at place: SerialPlace, _ body: @Sendable (SerialPort) async throws -> Result) async throws -> Result {
        let lock = try lock(place)
        let channel = try await open(place)
        let result = try await channel.executeThenClose { inbound, _ in
            try await body(
                SerialPort(
                    inbound: inbound.map { Array($0.readableBytesView) },
                    send: { try await channel.channel.writeAndFlush(ByteBuffer(bytes: $0)) },
                    hangUp: { channel.channel.close(promise: nil) }))
        }
        _ = consume lock
        return result
    }

    private func lock(_ place: SerialPlace) throws(SerialError) -> SerialLockFile? {
        switch lockFile {
        case .written(let directory): try SerialLockFile.acquire(for: place, directory: directory)
        case .none: nil
        }
    }

    private func open(_ place: SerialPlace) async throws(SerialError) -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        switch place {
        case .device(let path):
            let descriptor = try SerialDescriptor.open(path: path, speed: speed)
            do {
                return try await NIOPipeBootstrap(group: group).takingOwnershipOfDescriptor(inputOutput: descriptor) { channel in
                    channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
                }
            } catch {
                throw .failed(place, reason: "\(error)")
            }
        case .network(let host, let port):
            do {
                return try await ClientBootstrap(group: group).connectTimeout(.seconds(10))
                    .channelOption(.socketOption(.so_keepalive), value: 1)
                    .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .connect(host: host, port: port) { channel in
                        channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
                    }
            } catch {
                throw .absent(place)
            }
        }
    }

    private static func entries(of directory: String) -> [String] {
        DirectoryEntries.all(of: directory).filter { !$0.hasPrefix(".") }.sorted()
    }
}
