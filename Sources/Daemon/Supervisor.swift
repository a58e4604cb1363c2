import Exchange
import Glibc

/// The service manager that watches over us, told how we are: one datagram to the socket it named (sd_notify(3)). Does nothing without one.
public struct Supervisor: Sendable {
    private let address: String?
    /// How often the watchdog wants a sign of life; nil when it wants none.
    public let watchdog: Duration?

    public init() {
        self.init(
            address: getenv("NOTIFY_SOCKET").map { String(cString: $0) },
            watchdog: getenv("WATCHDOG_USEC").flatMap { Int64(String(cString: $0)) }.map { .microseconds($0 / 2) })
    }

    init(address: String?, watchdog: Duration?) {
        self.address = address
        self.watchdog = watchdog
    }

    public func ready() { send("READY=1") }
    public func stopping() { send("STOPPING=1") }
    /// It ends its services to begin anew, and says when it is ready again.
    func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        send("RELOADING=1\nMONOTONIC_USEC=\(Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)")
    }
    public func status(_ sentence: String) { send("STATUS=\(sentence.filter { $0 != "\n" })") }
    func alive() { send("WATCHDOG=1") }

    private func send(_ text: String) {
        guard let address, address.utf8.count < 108 else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &target.sun_path) { path in
            path.copyBytes(from: address.utf8)
            // A leading @ stands for the abstract namespace, which begins with a zero octet.
            if address.hasPrefix("@") { path[0] = 0 }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + address.utf8.count)
        let octets = Array(text.utf8)
        _ = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(descriptor, octets, octets.count, 0, $0, length) }
        }
    }
}

/// Gives the watchdog its sign of life as long as the ledger answers: a daemon that cannot reach its ledger is dead to its users.
struct Watchdog: Service {
    let supervisor: Supervisor
    let ledger: any Ledger
    let pause: Pause

    func run() async throws {
        guard let interval = supervisor.watchdog else { return await WakeSignal().untilCancelled() }
        while !Task.isCancelled {
            if (try? await ledger.directoryVersion()) != nil { supervisor.alive() }
            try await pause(interval)
        }
    }
}
