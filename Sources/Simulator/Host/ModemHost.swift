import NIOCore
import NIOPosix
import Runtime
import Wire

/// Runs virtual modems and the network between them, on pseudo-terminals and TCP ports.
///
/// Everything happens on one event loop: machines are fed there and their effects carried out in order. Modems are known by their number.
public actor ModemHost {
    /// What a machine is to be told.
    private enum News {
        case modem(String, VirtualModem.Event)
        case network(CellularNetwork.Event)
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }
    nonisolated let eventLoop: any EventLoop
    private var modems = Driver<VirtualModem>()
    private var networks = Driver<CellularNetwork>()
    private let networkID: Driver<CellularNetwork>.ID
    var places: [String: ModemPlace] = [:]
    private var numbers: [Driver<VirtualModem>.ID: String] = [:]
    private var alarm: EventLoopAlarm?
    let clock: @Sendable () -> Int
    let trace: (@Sendable (String) -> Void)?
    private let watcher: AsyncStream<SentMessage>.Continuation
    private var rejection: String?
    private var controls: [any Channel] = []
    private var pending: [News] = []
    private var isSettling = false
    /// The MMSC and the phones outside that see pictures.
    public internal(set) var multimedia = MultimediaCentre()
    var album: PictureAlbum?
    /// How many WAP pushes left.
    var pushes: UInt8 = 0
    private let pictureWatcher: AsyncStream<ReceivedPicture>.Continuation

    /// What left the modems, message by message; old ones are dropped when nobody reads.
    public nonisolated let sentMessages: AsyncStream<SentMessage>
    /// The pictures that phones outside received; old ones are dropped when nobody reads.
    public nonisolated let pictures: AsyncStream<ReceivedPicture>

    /// A picture message outside, and where its parts were put.
    public struct ReceivedPicture: Sendable {
        public let message: PictureMessage
        public let files: [String]
    }

    /// - Parameters:
    ///   - clock: the time in seconds since 1970 (UTC).
    ///   - trace: gets every exchange with a terminal as a readable line.
    public init(on eventLoop: any EventLoop, clock: @escaping @Sendable () -> Int, trace: (@Sendable (String) -> Void)? = nil) {
        self.eventLoop = eventLoop
        self.clock = clock
        self.trace = trace
        (sentMessages, watcher) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
        (pictures, pictureWatcher) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
        networkID = networks.start(CellularNetwork())
    }

    // MARK: Modems

    /// Puts a modem on its ports and switches it on. Its card's number names it.
    public func add(_ modem: VirtualModem, on ports: [ModemPort]) async throws {
        let number = modem.sim.number
        let id = modems.start(modem)
        places[number] = ModemPlace(id: id, ports: ports)
        numbers[id] = number
        for case .tcp(let host, let port) in ports {
            let listener = try await listen(for: number, host: host, port: port)
            places[number]?.listeners.append(listener)
        }
        try openTerminals(of: number)
        tell(number, .start)
    }

    /// The TCP port a modem listens on, for those who asked for port 0.
    public func tcpPort(of number: String) -> Int? {
        places[number]?.listeners.first?.localAddress?.port
    }

    /// A modem as it stands.
    public func modem(_ number: String) -> VirtualModem? {
        places[number].flatMap { modems[$0.id] }
    }

    public func isPlugged(_ number: String) -> Bool { places[number]?.isPlugged ?? false }

    public var modemNumbers: [String] { places.keys.sorted() }

    public func inject(_ fault: Fault, into number: String) {
        tell(number, .fault(fault))
    }

    // MARK: Outside world

    /// A text from outside to one of our lines. Throws when it cannot be written as a message.
    public func text(from: String, to number: String, _ text: String) throws(Refusal) {
        rejection = nil
        tellNetwork(.text(from: from, to: number, text: text, at: clock()))
        if let rejection { throw Refusal(reason: rejection) }
    }

    public func tellNetwork(_ event: CellularNetwork.Event) {
        settle(.network(event))
    }

    /// The network as it stands.
    public var network: CellularNetwork { networks[networkID] ?? CellularNetwork() }

    /// Closes every port and takes the links away.
    public func close() async {
        alarm?.cancel()
        watcher.finish()
        pictureWatcher.finish()
        for (number, place) in places {
            places[number]?.isPlugged = false
            place.terminals.forEach { $0.remove() }
            for channel in place.channels + place.listeners { try? await channel.close() }
        }
        places = [:]
        for channel in controls { try? await channel.close() }
        controls = []
    }

    func receivedPicture(_ message: PictureMessage, files: [String]) {
        pictureWatcher.yield(ReceivedPicture(message: message, files: files))
    }

    func keep(_ control: any Channel) {
        controls.append(control)
    }

    // MARK: Machines

    func tell(_ number: String, _ event: VirtualModem.Event) {
        settle(.modem(number, event))
    }

    /// Feeds a machine, and then whatever machines its effects are for, first come first served.
    private func settle(_ news: News) {
        pending.append(news)
        guard !isSettling else { return }
        isSettling = true
        while !pending.isEmpty { feed(pending.removeFirst()) }
        isSettling = false
        setAlarm()
    }

    private func feed(_ news: News) {
        switch news {
        case .network(let event):
            carryOut(networks.handle(event, for: networkID, at: .now))
        case .modem(let number, let event):
            guard let id = places[number]?.id else { return }
            carryOut(modems.handle(event, for: id, at: .now))
        }
    }

    private func carryOut(_ steps: [Driver<VirtualModem>.Step]) {
        for case .effect(let effect, let id) in steps {
            guard let number = numbers[id] else { continue }
            switch effect {
            case .transmit(let octets): write(octets, to: number)
            case .submit(let pdu): tellNetwork(.submitted(pdu, by: number, at: clock()))
            case .acknowledge(let id): tellNetwork(.acknowledged(id: id, by: number))
            case .refuse(let id, let cause): tellNetwork(.refused(id: id, cause: cause, by: number))
            case .memoryAvailable: tellNetwork(.memoryAvailable(number))
            case .attached: tellNetwork(.attached(number))
            case .detached: tellNetwork(.detached(number))
            case .ussd(let text): tellNetwork(.ussd(text, by: number))
            case .ussdCancelled: tellNetwork(.ussdCancelled(number))
            case .unplugged: unplug(number)
            case .plugged: plug(number)
            }
        }
    }

    private func carryOut(_ steps: [Driver<CellularNetwork>.Step]) {
        for case .effect(let effect, _) in steps {
            switch effect {
            case .incoming(let incoming, let number): tell(number, .incoming(incoming))
            case .answered(let answer, let number): tell(number, .answered(answer))
            case .ussd(let answer, let number): tell(number, .ussd(answer))
            case .zone(let zone, let number): tell(number, .zone(zone))
            case .sent(let message): watcher.yield(message)
            case .unsendable(let reason): rejection = reason
            }
        }
    }

    private func setAlarm() {
        let next = [modems.nextDeadline, networks.nextDeadline].compactMap { $0 }.min()
        if alarm == nil {
            alarm = EventLoopAlarm(on: eventLoop) { [weak self] in self?.assumeIsolated { $0.rang() } }
        }
        alarm?.set(for: next, now: .now)
    }

    private func rang() {
        alarm?.hasRung()
        carryOut(modems.advance(to: .now))
        carryOut(networks.advance(to: .now))
        setAlarm()
    }
}
