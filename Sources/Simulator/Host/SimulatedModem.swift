import NIOCore
import NIOPosix

/// One virtual modem with its network and control interface: what `homeline sim modem` runs.
public enum SimulatedModem {
    public struct Options: Sendable {
        public var personality = Personality.generic
        public var sim = SIMCard()
        public var ports: [ModemPort] = []
        public var controls: [ControlAddress] = []
        public var phones = OutsidePhone.silent
        /// Nil for no MMSC; 0 for any port.
        public var multimediaPort: Int?
        /// The address of this machine that the MMSC listens on, and the name that it has in addresses of messages.
        public var multimediaHost = "127.0.0.1"
        public var multimediaName: String?
        /// Where phones outside keep pictures; nil keeps them in memory alone.
        public var album: String?

        public init() {}
    }

    /// Runs until cancelled. `announce` gets one line once everything is open; `trace`, when given, every exchange.
    public static func run(
        _ options: Options, clock: @escaping @Sendable () -> Int, announce: @Sendable (String) -> Void,
        trace: (@Sendable (String) -> Void)? = nil
    ) async throws {
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: clock, trace: trace)
        do {
            try await host.add(VirtualModem(personality: options.personality, sim: options.sim), on: options.ports)
            if let port = options.multimediaPort {
                try await host.multimedia(on: port, of: options.multimediaHost, as: options.multimediaName, album: options.album)
            }
            for address in options.controls { try await host.control(at: address) }
            await host.tellNetwork(.phones(options.phones, delay: .milliseconds(500)))
            announce("\(options.personality.model) \(options.sim.number) is ready")
            if options.multimediaPort != nil { announce("MMSC: \(await host.multimediaAddress(of: options.sim.number))") }
            while true { try await Task.sleep(for: .seconds(3600)) }
        } catch {
            await host.close()
            if !(error is CancellationError) { throw error }
        }
    }
}
