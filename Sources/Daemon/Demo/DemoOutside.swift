import Exchange
import NIOPosix
import Simulator
import Telephony

/// The outside world of the demo: a cellular network, a modem with the demo's SIM, and phones that answer.
struct DemoOutside: Exchange.Service {
    static let number = "+15550100100"

    private let host: ModemHost
    private let say: @Sendable (String) -> Void

    /// Plugs the modem in: its terminal is there before the driver looks for it.
    static func open(_ places: DemoPlaces, say: @escaping @Sendable (String) -> Void) async throws -> DemoOutside {
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { Int(SystemClock().now().seconds) })
        let sim = SIMCard(number: number, imsi: "310150123456789", serviceCentre: "+15550100000")
        try await host.add(VirtualModem(personality: .generic, sim: sim), on: [.pseudoTerminal(link: places.modem)])
        try await host.control(at: .unix(path: places.control))
        let greeting = OutsidePhone.Line(hears: "", replies: "Received outside. Greetings from the simulated world!")
        await host.tellNetwork(.phones(.script([greeting]), delay: .seconds(1)))
        return DemoOutside(host: host, say: say)
    }

    func run() async throws {
        for await sent in host.sentMessages where sent.isComplete {
            say("outside: \(sent.to) received from \(sent.from): \(sent.text ?? "(no text)")")
        }
        await host.close()
    }
}
