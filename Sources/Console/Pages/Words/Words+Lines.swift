// What stands on the pages of lines.
extension Words {
    var allLines: String { say("All lines", "Toutes les lignes") }
    var noLinesOfYours: String {
        say(
            "No line is yours. An owner gives you one under People.",
            "Aucune ligne n’est à vous. Un propriétaire vous en donne une sous Personnes.")
    }
    var signal: String { say("Signal", "Signal") }
    var number: String { say("Number", "Numéro") }
    var network: String { say("Network", "Réseau") }
    var storage: String { say("Storage of the modem or SIM", "Mémoire du modem ou de la SIM") }
    var serviceCentre: String { say("Message centre", "Centre de messages") }
    var sendLimit: String { say("Send limit", "Limite d’envoi") }
    var restarts: String { say("Restarts of the device", "Redémarrages de l’appareil") }
    var todayIn: String { say("in today", "reçus aujourd’hui") }
    var todayOut: String { say("out today", "envoyés aujourd’hui") }
    var noSamples: String { say("No signal was measured yet.", "Aucun signal n’a encore été mesuré.") }
    var lastWeek: String { say("The last seven days", "Les sept derniers jours") }
    var ussd: String { say("Ask the network", "Interroger le réseau") }
    var ussdCode: String { say("Code, such as *100# for the balance", "Code, par exemple *100# pour le solde") }
    var ussdReply: String { say("Your reply", "Votre réponse") }
    var ask: String { say("Ask", "Demander") }
    var endDialogue: String { say("End the dialogue", "Terminer le dialogue") }
    var networkSays: String { say("The network says", "Le réseau dit") }
    var dialogueEnded: String { say("The dialogue is over.", "Le dialogue est terminé.") }
    var badCode: String { say("1 to 182 characters without control characters.", "1 à 182 caractères, sans caractères de contrôle.") }
    var pin: String { say("PIN of the SIM", "PIN de la SIM") }
    var enterPIN: String { say("Unlock", "Déverrouiller") }
    var pinText: String {
        say(
            "The SIM waits for its PIN. It is tried once and never kept; for every start put it into a file named by pin-file.",
            "La SIM attend son PIN. Il est essayé une fois et jamais conservé ; pour chaque démarrage, mettez-le dans un fichier nommé par pin-file.")
    }
    var pinTaken: String { say("The SIM took the PIN.", "La SIM a accepté le PIN.") }
    var restartLine: String { say("Restart the device", "Redémarrer l’appareil") }
    var restartText: String {
        say(
            "Has the modem start anew: half a minute without service. What is to be sent waits. A PIN that you typed here is asked for again.",
            "Fait redémarrer le modem : une demi-minute sans service. Ce qui doit partir attend. Un PIN saisi ici est redemandé.")
    }
    var restarting: String { say("The device starts anew.", "L’appareil redémarre.") }
    var care: String { say("Care", "Entretien") }

    func triesLeft(_ count: Int?) -> String {
        guard let count else { return say("The SIM does not tell how many tries are left.", "La SIM ne dit pas combien d’essais restent.") }
        return say(
            "\(count) tries are left; the last one is never used from here.", "Il reste \(count) essais ; le dernier n’est jamais utilisé d’ici.")
    }

    func signalBetween(_ low: Int, _ high: Int) -> String {
        say("Signal over seven days, between \(low) and \(high) dBm", "Signal sur sept jours, entre \(low) et \(high) dBm")
    }
}
