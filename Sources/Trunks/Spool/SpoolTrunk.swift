import Exchange
import Kinds
import Messaging
import Runtime
import SMS
import Spooling
import Synchronization
import Telephony

/// Uses a program that sends and receives by files: puts files into one of its folders and follows what becomes of them, and takes what
/// it puts into another.
final class SpoolTrunk: Sendable {
    let line: LineID
    let dialect: any SpoolDialect
    let layout: SpoolLayout
    let numbers: NumberPlan
    /// What outlives the process: which files were put and which are to go.
    let notes: Folder
    let deposit: Deposit
    let inbox: Inbox
    let notices: any OwnerNotices
    let mint: Mint
    let pause: Pause
    /// Between looks at the folders.
    let interval: Duration
    /// How long a file must have stayed as it is before it is read.
    let stillness: Duration
    /// Makes the program look; nil for one that looks by itself.
    let bell: SpoolBell?
    private let record = Mutex(SpoolHealth())

    init(
        line: LineID, dialect: any SpoolDialect, layout: SpoolLayout, numbers: NumberPlan, notes: Folder, inbox: Inbox, notices: any OwnerNotices, mint: Mint,
        pause: @escaping Pause, interval: Duration = .seconds(1), stillness: Duration = .seconds(2), bell: SpoolBell? = nil
    ) {
        self.line = line
        self.dialect = dialect
        self.layout = layout
        self.numbers = numbers
        self.notes = notes
        deposit = Deposit(into: layout.outgoing, notes: notes)
        self.inbox = inbox
        self.notices = notices
        self.mint = mint
        self.pause = pause
        self.interval = interval
        self.stillness = stillness
        self.bell = bell
    }

    var health: Health { record.withLock { $0.health(of: dialect.program) } }

    /// Tells the owner once when something begins to be wrong, and once when it is over.
    func note(_ change: (inout SpoolHealth) -> Void) async {
        let (before, after) = record.withLock { record in
            let before = record.trouble
            change(&record)
            return (before, record.trouble)
        }
        guard before != after else { return }
        if let after {
            await notices.tell(line, topic: "spool.trouble", after)
        } else {
            await notices.clear(line, topic: "spool.trouble", "\(dialect.program) takes and brings texts again.")
        }
    }

    /// What this machine's clock shows.
    var clock: CivilTime? { CivilTime(LocalClock(at: mint.now().seconds)) }
}

extension CivilTime {
    init?(_ clock: LocalClock) {
        self.init(year: clock.year, month: clock.month, day: clock.day, hour: clock.hour, minute: clock.minute, second: clock.second)
    }

    /// When this machine's clock showed it.
    var instant: Instant {
        Instant(seconds: LocalClock(year: year, month: month, day: day, hour: hour, minute: minute, second: second).seconds)
    }
}
