import Exchange
import Telephony

extension BackupDesk {
    /// How backups fare, for whoever looks after the house.
    func vital(now: Instant) -> Vital {
        let log = current.log, place = Vital.Place(.backup)
        if let failure = log.failure { return Vital(place, Health(.impaired, "The last backup failed: \(failure.sentence)"), advice: "Look at Settings, Backup.") }
        guard let last = log.last else { return Vital(place, Health(.working, "The first backup is made soon.")) }
        let sentence = "The last backup is of \(CivilDate(last.madeAt).rfc3339)."
        guard last.faults.isEmpty else { return Vital(place, Health(.impaired, "\(sentence) It has faults."), advice: "homeline check --ledger names them.") }
        let isOld = now - last.madeAt > settings.every.duration * 2
        return Vital(place, Health(isOld ? .impaired : .working, sentence), advice: isOld ? "Is its disk there? homeline backup makes one now." : nil)
    }
}
