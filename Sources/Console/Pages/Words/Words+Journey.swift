import Telephony

// What stands on the page of one message's journey.
extension Words {
    var howItBegan: String { say("How it came to be", "Comment il est né") }
    var segments: String { say("Segments", "Segments") }
    var handedOver: String { say("handed over", "remis") }
    var takenAs: String { say("taken as", "accepté comme") }
    var noAnswer: String { say("no answer", "pas de réponse") }
    var reached: String { say("reached the telephone", "arrivé au téléphone") }
    var notReached: String { say("did not reach the telephone", "pas arrivé au téléphone") }
    var afterwards: String { say("Afterwards", "Ensuite") }
    var nextTry: String { say("Next try", "Prochain essai") }

    func segment(_ number: Int, of total: Int) -> String { say("Segment \(number) of \(total)", "Segment \(number) sur \(total)") }
    func attempt(_ number: Int) -> String { say("Attempt \(number)", "Essai \(number)") }
    func took(_ duration: String) -> String { say("took \(duration)", "a duré \(duration)") }
    func inAll(_ duration: String) -> String {
        say("\(duration) from the first step to the last.", "\(duration) du premier pas au dernier.")
    }
    func later(_ duration: String) -> String { say("\(duration) later", "\(duration) plus tard") }

    func way(_ destination: Destination) -> String {
        switch destination {
        case .trunk(let line, let recipients):
            let names = recipients.map(\.text).joined(separator: ", ")
            return say("To \(names) over \(line)", "À \(names) par \(line)")
        case .device(let endpoint, let person, let device?):
            return say("To \(person)’s device \(device) by \(endpoint)", "À l’appareil \(device) de \(person) par \(endpoint)")
        case .device(let endpoint, let person, nil):
            return say("To the first device that \(person) registers with \(endpoint)", "Au premier appareil que \(person) enregistre auprès de \(endpoint)")
        case .endpoint(let endpoint): return say("To \(endpoint)", "À \(endpoint)")
        case .receiver(let endpoint, let receiver): return say("To \(receiver) by \(endpoint)", "À \(receiver) par \(endpoint)")
        }
    }

    /// What is brought, where it is not the message itself.
    func content(_ content: DeliveryContent) -> String? {
        switch content {
        case .message: nil
        case .status: say("News of what became of it", "Des nouvelles de ce qu’il est devenu")
        case .readReport: say("That it was read", "Qu’il a été lu")
        }
    }

    func delivery(_ state: DeliveryState) -> String {
        switch state {
        case .pending: say("waits for its turn", "attend son tour")
        case .claimed: say("is being brought", "est en cours de remise")
        case .accepted: say("was taken over", "a été pris en charge")
        case .delivered: say("has arrived", "est arrivé")
        case .failed: say("was given up", "a été abandonné")
        case .inDoubt: say("may or may not have left", "est peut-être parti")
        }
    }

    /// What a step means, for who does not know the words.
    func meaning(of kind: TimelineEntry.Kind) -> String {
        switch kind {
        case .received: say("The octets came and are safe on the disk.", "Les octets sont arrivés et sont en sûreté sur le disque.")
        case .undecodable: say("They could not be read; they are kept.", "Ils n’ont pas pu être lus ; ils sont gardés.")
        case .notForPeople: say("Understood, and meant for the SIM or the phone, not for people.", "Compris, et destiné à la SIM ou au téléphone, non à des personnes.")
        case .announced: say("The carrier holds a picture message for you.", "L’opérateur garde un message illustré pour vous.")
        case .notRetrieved: say("Fetching it did not work this time.", "Sa récupération n’a pas marché cette fois.")
        case .message: say("It is a message and will not be lost.", "C’est un message, et il ne se perdra pas.")
        case .planned: say("It was decided where it goes.", "Il a été décidé où il va.")
        case .attempted: say("Bringing it was begun.", "Sa remise a commencé.")
        case .fitted: say("A file was changed so that the carrier takes it.", "Un fichier a été modifié pour que l’opérateur l’accepte.")
        case .submitting: say("From here it may have left, until the answer comes.", "Dès ici il peut être parti, jusqu’à la réponse.")
        case .segmentAccepted: say("The network took this piece.", "Le réseau a accepté ce morceau.")
        case .accepted: say("The other side took it over.", "L’autre côté l’a pris en charge.")
        case .deferred: say("Not now; it is tried again.", "Pas maintenant ; ce sera réessayé.")
        case .failed: say("It is not tried again.", "Ce n’est plus réessayé.")
        case .inDoubt: say("The answer was lost: nobody knows whether it left.", "La réponse s’est perdue : nul ne sait s’il est parti.")
        case .repeated: say("Sent once more by the line’s settings; it may arrive twice.", "Renvoyé selon les réglages de la ligne ; il peut arriver deux fois.")
        case .reported: say("The network says what became of it.", "Le réseau dit ce qu’il est devenu.")
        case .read: say("Somebody looked at it.", "Quelqu’un l’a regardé.")
        case .settled: say("The doubt is over.", "Le doute est levé.")
        case .retried: say("Somebody had it tried again.", "Quelqu’un l’a fait réessayer.")
        case .dropped: say("Somebody decided to leave it.", "Quelqu’un a décidé d’en rester là.")
        case .imported: say("It was taken over from another phone’s past.", "Il vient du passé d’un autre téléphone.")
        case .blocked: say("Its sender is blocked; it is kept, and shown among the blocked.", "Son expéditeur est bloqué ; il est gardé, parmi les bloqués.")
        }
    }

    /// `0.3 s`, `12 s`, `3 min 5 s`, `2 h 3 min`, `4 d 1 h`
    func duration(_ duration: Duration) -> String {
        let milliseconds = max(0, duration.wholeMilliseconds)
        let seconds = milliseconds / 1000
        switch milliseconds {
        case ..<1000: return "\(milliseconds) ms"
        case ..<10_000: return "\(seconds).\(milliseconds % 1000 / 100) s"
        case ..<60_000: return "\(seconds) s"
        case ..<3_600_000: return Self.pair(seconds / 60, "min", seconds % 60, "s")
        case ..<86_400_000: return Self.pair(seconds / 3600, "h", seconds / 60 % 60, "min")
        default: return Self.pair(seconds / 86400, say("d", "j"), seconds / 3600 % 24, "h")
        }
    }

    private static func pair(_ large: Int64, _ unit: String, _ small: Int64, _ smaller: String) -> String {
        small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smaller)"
    }
}
