import Exchange
import NIOPosix
import Simulator
import Telephony

/// The outside world of the demo: a cellular network, a modem with the demo's SIM, and phones that answer.
struct DemoOutside: Exchange.Service {
    static let number = "+15550100100"

    let places: DemoPlaces
    let say: @Sendable (String) -> Void

    func run() async throws {
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { Int(SystemClock().now().seconds) })
        do {
            let sim = SIMCard(number: Self.number, imsi: "310150123456789", serviceCentre: "+15550100000")
            try await host.add(VirtualModem(personality: .generic, sim: sim), on: [.pseudoTerminal(link: places.modem)])
            try await host.control(at: .unix(path: places.control))
            await host.tellNetwork(.phones(.script([.init(hears: "", replies: "Received outside. Greetings from the simulated world!")]), delay: .seconds(1)))
            for await sent in host.sentMessages where sent.isComplete {
                say("outside: \(sent.to) received from \(sent.from): \(sent.text ?? "(no text)")")
            }
        } catch {
            await host.close()
            throw error
        }
        await host.close()
    }
}
