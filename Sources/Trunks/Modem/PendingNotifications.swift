import AT
import Exchange
import Synchronization
import Wire

/// What notifications ask for, folded together: a storm of them costs no more than one.
struct PendingNotifications: Sendable {
    /// More than any modem hands over before we look; what is over it is left unacknowledged, so that the network repeats it.
    static let directLimit = 256
    static let indexLimit = 64

    /// Handed over directly: messages and status reports, in order.
    var direct: [HeldMessage] = []
    /// When the first of them was.
    var directSince: ContinuousClock.Instant?
    var dropped = 0
    /// A message was announced as handed over, and did not follow.
    var isCutOff = false
    /// Places told by `+CMTI`, each once, in order.
    var indexes: [UInt16] = []
    /// Everything stored must be looked through: a place was not told, or is in another storage.
    var mustDrain = false
    var foreignStorages: Set<Storage> = []
    var storageIsFull = false
    var reportsAreStored = false
    var registrationChanged = false
    var signal: SignalReading?
    var sim: SIMState?
    var ussd: AT.USSDAnswer?
    var restartedBy: String?

    /// Takes in a notification of a modem that receives into `storage`.
    mutating func take(_ notification: Unsolicited, storage: Storage?, at now: ContinuousClock.Instant) {
        switch notification {
        case .message(let pdu), .report(let pdu):
            guard direct.count < Self.directLimit else {
                dropped += 1
                return
            }
            direct.append(HeldMessage(place: "direct", digits: pdu))
            directSince = directSince ?? now
        case .messageCutOff:
            isCutOff = true
        case .messageStored(let name, let index):
            guard let told = Storage(rawValue: name), told != storage, storage != nil else { return take(index: index) }
            foreignStorages.insert(told)
        case .reportStored(let name, let index):
            guard Storage(rawValue: name) != storage || storage == nil else { return take(index: index) }
            reportsAreStored = true
        case .storageFull:
            storageIsFull = true
            mustDrain = true
        case .registration:
            registrationChanged = true
        case .signal(let reading):
            signal = reading
        case .sim(let state):
            sim = state
        case .ussd(let answer):
            ussd = answer
        case .restarted(let banner):
            restartedBy = banner
        case .broadcast, .call, .other:
            break
        }
    }

    private mutating func take(index: Int) {
        guard let index = UInt16(exactly: index), indexes.count < Self.indexLimit else {
            mustDrain = true
            return
        }
        if !indexes.contains(index) { indexes.append(index) }
    }
}

/// Pending notifications between the link that brings them and the loop that acts on them.
final class NotificationBox: Sendable {
    private let pending = Mutex(PendingNotifications())
    private let storage = Mutex<Storage?>(nil)
    let signal = WakeSignal()

    func receive(into storage: Storage?) {
        self.storage.withLock { $0 = storage }
    }

    func put(_ notification: Unsolicited, at now: ContinuousClock.Instant) {
        let storage = storage.withLock { $0 }
        switch notification {
        case .broadcast, .call, .other: return
        default: break
        }
        pending.withLock { $0.take(notification, storage: storage, at: now) }
        signal.ring()
    }

    /// Adds a wish of our own.
    func change(_ change: (inout PendingNotifications) -> Void) {
        pending.withLock { change(&$0) }
        signal.ring()
    }

    /// Whether the modem restarted since it was last asked.
    var tellsRestart: Bool { pending.withLock { $0.restartedBy != nil } }

    func takeAll() -> PendingNotifications {
        pending.withLock { pending in
            defer { pending = PendingNotifications() }
            return pending
        }
    }
}
