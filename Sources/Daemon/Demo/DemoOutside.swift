import Exchange
import NIOPosix
import Simulator
import Telephony

/// The outside world of the demo: a cellular network, a modem with the demo's SIM, and phones that answer.
struct DemoOutside: Exchange.Service {
    static let number = "+15550100100"

    private let host: ModemHost
    /// The simulated MMSC's address for the SIM.
    let mmsc: String
    private let say: @Sendable (String) -> Void

    /// Plugs the modem in: its terminal is there before the driver looks for it.
    static func open(_ places: DemoPlaces, say: @escaping @Sendable (String) -> Void) async throws -> DemoOutside {
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { Int(SystemClock().now().seconds) })
        let sim = SIMCard(number: number, imsi: "310150123456789", serviceCentre: "+15550100000")
        try await host.add(VirtualModem(personality: .generic, sim: sim), on: [.pseudoTerminal(link: places.modem)])
        try await host.multimedia(album: places.album)
        try await host.control(at: .unix(path: places.control))
        let greeting = OutsidePhone.Line(hears: "", replies: "Received outside. Greetings from the simulated world!")
        await host.tellNetwork(.phones(.script([greeting]), delay: .seconds(1)))
        return DemoOutside(host: host, mmsc: await host.multimediaAddress(of: number), say: say)
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [host, say] in
                for await sent in host.sentMessages where sent.isComplete {
                    say("outside: \(sent.to) received from \(sent.from): \(sent.text ?? "(no text)")")
                }
            }
            group.addTask { [host, say] in
                for await picture in host.pictures {
                    let message = picture.message
                    let subject = message.subject.map { " “\($0)”" } ?? ""
                    say("outside: \((message.to + message.copied).joined(separator: ", ")) received by MMS from \(message.from):\(subject)")
                    for file in picture.files { say("outside:   \(file)") }
                }
            }
        }
        await host.close()
    }
}
