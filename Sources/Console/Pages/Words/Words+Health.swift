import Exchange
import Telephony

// What stands on the pages of health, queues and the log.
extension Words {
    func runningFor(_ duration: String) -> String { say("running for \(duration)", "en marche depuis \(duration)") }
    var parts: String { say("Parts", "Éléments") }
    var queues: String { say("Queues", "Files d’attente") }
    var log: String { say("Log", "Journal") }
    var allWell: String { say("Everything works.", "Tout fonctionne.") }
    var notAllWell: String { say("Something needs you.", "Quelque chose a besoin de vous.") }
    var since: String { say("since", "depuis") }
    var advice: String { say("What to do", "Que faire") }
    var details: String { say("Details", "Détails") }
    var test: String { say("Test", "Tester") }
    var testWorked: String { say("The test found:", "Le test a trouvé :") }
    var testFailed: String { say("The test did not work:", "Le test n’a pas marché :") }
    var waiting: String { say("waiting", "en attente") }
    var lastIn: String { say("Last in", "Dernier reçu") }
    var lastOut: String { say("Last out", "Dernier envoyé") }
    var never: String { say("none yet", "aucun") }
    var alerts: String { say("Alerts", "Alertes") }
    var noAlerts: String { say("Nothing was told lately.", "Rien n’a été annoncé ces derniers temps.") }
    var alertsOff: String {
        say(
            "Nobody is told when something breaks: name a number or a web server under alerts in the configuration.",
            "Personne n’est averti d’une panne : indiquez un numéro ou un serveur web sous alerts dans la configuration.")
    }
    var tellMe: String { say("Send a trial to every way", "Envoyer un essai par toutes les voies") }
    var told: String { say("told", "annoncé") }
    var over: String { say("over", "terminé") }
    var takenOver: String { say("taken over", "pris en charge") }
    var support: String { say("Support bundle", "Dossier d’assistance") }
    var supportText: String {
        say(
            "A text for whoever helps you: versions, settings without secrets, health and log with numbers masked, counts. Read it before you hand it on.",
            "Un texte pour qui vous aide : versions, réglages sans secrets, état et journal avec numéros masqués, décomptes. Lisez-le avant de le transmettre.")
    }
    var download: String { say("Download", "Télécharger") }

    func state(_ state: Health.State) -> String {
        switch state {
        case .starting: say("starting", "démarre")
        case .working: say("works", "fonctionne")
        case .impaired: say("works in part", "fonctionne en partie")
        case .down: say("down", "en panne")
        }
    }

    func place(_ place: Vital.Place) -> String {
        switch place.kind {
        case .ledger: say("Ledger", "Registre")
        case .line: "\(line) \(place.name)"
        case .endpoint: say("Endpoint \(place.name)", "Point d’accès \(place.name)")
        case .disk: say("Disk", "Disque")
        case .media: say("Pictures and sound", "Images et sons")
        case .clock: say("Clock", "Horloge")
        case .certificate: say("Certificate \(place.name)", "Certificat \(place.name)")
        case .backup: say("Backup", "Sauvegarde")
        }
    }

    var nothingQueued: String { say("Nothing waits for you here.", "Rien ne vous attend ici.") }
    var inDoubtQueue: String { say("In doubt", "Incertains") }
    var inDoubtText: String {
        say(
            "Handed over, and the answer was lost: each may have left. Ask the other party, or look at your bill; then decide.",
            "Remis, mais la réponse s’est perdue : chacun est peut-être parti. Demandez au destinataire, ou regardez votre facture ; puis décidez.")
    }
    var failedQueue: String { say("Failed", "Échoués") }
    var failedText: String {
        say(
            "Given up. Try again sends the whole of it anew; drop leaves it as it is and takes it off this list.",
            "Abandonnés. Réessayer renvoie le tout ; classer le laisse tel quel et l’ôte de cette liste.")
    }
    var undecodableQueue: String { say("Not understood", "Incompris") }
    var undecodableText: String {
        say(
            "Kept as it came, because it could not be read. After an update read it again. The octets hold the number and the text.",
            "Gardé tel quel, faute d’avoir pu être lu. Relisez-le après une mise à jour. Les octets contiennent le numéro et le texte.")
    }
    var pictureQueue: String { say("Pictures not fetched", "Images non récupérées") }
    var pictureText: String {
        say("The carrier holds these messages until the time that is given.", "L’opérateur garde ces messages jusqu’à la date indiquée.")
    }
    var drop: String { say("Drop", "Classer") }
    var readAgain: String { say("Read again", "Relire") }
    var readAllAgain: String { say("Read all again", "Tout relire") }
    var fetchNow: String { say("Fetch now", "Récupérer maintenant") }
    var rawOctets: String { say("Raw octets", "Octets bruts") }
    var journey: String { say("Journey", "Parcours") }
    var olderOnes: String { say("Older ones", "Plus anciens") }
    var done: String { say("Done.", "Fait.") }
    var gone: String { say("It is no longer in this queue.", "Ce n’est plus dans cette file.") }

    func octets(_ count: Int) -> String { say("\(count) octets", "\(count) octets") }
    func until(_ time: String) -> String { say("until \(time)", "jusqu’au \(time)") }
    func attempts(_ count: Int) -> String {
        say(count == 1 ? "1 attempt" : "\(count) attempts", count == 1 ? "1 essai" : "\(count) essais")
    }

    var level: String { say("From", "À partir de") }
    var show: String { say("Show", "Afficher") }
    var logText: String {
        say(
            "The latest lines, numbers and secrets masked; new ones appear by themselves.",
            "Les dernières lignes, numéros et secrets masqués ; les nouvelles apparaissent d’elles-mêmes.")
    }
    var noLog: String { say("Nothing so grave was written yet.", "Rien d’aussi grave n’a encore été écrit.") }

    func level(_ level: LogLine.Level) -> String {
        switch level {
        case .info: say("info", "information")
        case .notice: say("notice", "avis")
        case .warning: say("warning", "avertissement")
        case .error: say("error", "erreur")
        }
    }
}
