import Exchange
import Kinds
import Runtime
import Spooling
import Synchronization
import Telephony

/// Takes the place of a program that sends and receives by files: programs that watch its folders go on as before.
final class SpoolEndpoint: Sendable {
    let context: EndpointContext
    /// Over which what is put into the folder leaves.
    let line: LineID
    let standIn: any StandIn
    let layout: StandInLayout
    let program: ReceiveProgram?
    let bell: (@Sendable () -> Void)?
    let interval: Duration
    let stillness: Duration
    let arrivals: Deposit
    let reports: Deposit?
    /// Which programs were told of what.
    let told: Folder
    /// One file after the other, as the program would.
    let turns = Turns()
    private let trouble = Mutex<String?>("Has not looked at the folders yet.")

    init(
        context: EndpointContext, line: LineID, standIn: any StandIn, layout: StandInLayout, program: ReceiveProgram? = nil, bell: (@Sendable () -> Void)? = nil,
        interval: Duration = .seconds(1), stillness: Duration = .seconds(1)
    ) {
        self.context = context
        self.line = line
        self.standIn = standIn
        self.layout = layout
        self.program = program
        self.bell = bell
        self.interval = interval
        self.stillness = stillness
        let (notes, reportNotes) = (Folder("\(context.directory)/arrivals"), Folder("\(context.directory)/reports"))
        told = Folder("\(context.directory)/told")
        // Where they cannot be made nothing is brought, and the deliveries say so.
        for folder in [notes, reportNotes, told] { try? folder.make() }
        arrivals = Deposit(into: layout.incoming, notes: notes)
        reports = layout.reports.map { Deposit(into: $0, notes: reportNotes) }
    }

    var health: Health {
        trouble.withLock { $0 }.map { Health(.impaired, $0) } ?? Health(.working, "Stands in for \(standIn.program).")
    }

    func note(_ sentence: String?) { trouble.withLock { $0 = sentence } }

    /// What this machine's clock shows at a time.
    func clock(_ instant: Instant) -> CivilTime? {
        let clock = LocalClock(at: instant.seconds)
        return CivilTime(year: clock.year, month: clock.month, day: clock.day, hour: clock.hour, minute: clock.minute, second: clock.second)
    }

    /// The number by which the folders know a message: small, as the network's are, and the same for ever.
    static func reference(of message: MessageID) -> Int { Int(message.low & 0xFF) }
}
