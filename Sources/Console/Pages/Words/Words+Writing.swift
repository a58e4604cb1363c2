// What is said to who writes.
extension Words {
    var nothingWaits: String {
        say(
            "Nothing is scheduled. Send later, under what you write, puts it here.",
            "Rien n’est programmé. Envoyer plus tard, sous ce que vous écrivez, le place ici.")
    }
    var addFiles: String { say("Add files", "Joindre des fichiers") }
    var dropHere: String { say("Drop files here", "Déposez les fichiers ici") }
    var remove: String { say("Remove", "Retirer") }
    var willShrink: String { say("will be made smaller", "sera réduite") }
    var tooMuch: String { say("Too large: all files together may have 5 MB.", "Trop grand : tous les fichiers ensemble font 5 Mo au plus.") }
    var sending: String { say("Sending", "Envoi en cours") }
    var uploadFailed: String {
        say(
            "The connection was lost before the answer came. Try again: as it stands it is sent once, however often.",
            "La connexion s’est perdue avant la réponse. Réessayez : tel quel, cela part une seule fois.")
    }
    var sentBefore: String {
        say(
            "This page had sent a message already, and what it says now is not sent. Send once more if this is to go too.",
            "Cette page avait déjà envoyé un message, et ce qu’elle dit maintenant n’est pas parti. Envoyez encore une fois si ceci doit partir aussi.")
    }
    var sendLater: String { say("Send later", "Envoyer plus tard") }
    var sendAt: String { say("Send at", "Envoyer à") }
    var schedule: String { say("Schedule", "Programmer") }
    var waitingFor: String { say("Will be sent", "Sera envoyé") }
    var sendNow: String { say("Send it now", "L’envoyer maintenant") }
    var forgetIt: String { say("Cancel", "Annuler") }
    var noSuchTime: String { say("This is no date and time.", "Ce n’est ni une date ni une heure.") }
    var timeIsPast: String { say("This time has passed.", "Cette heure est passée.") }
    var timeIsFar: String { say("At most a year from now.", "Un an à partir d’aujourd’hui au plus.") }
    var tooManyWait: String { say("100 messages are scheduled already.", "100 messages sont déjà programmés.") }
    var tooMuchWaits: String {
        say("Too much: the files of all your scheduled messages together may have 25 MB.", "Trop grand : les fichiers de tous vos messages programmés font 25 Mo au plus.")
    }
    var filesHint: String { say("Files, 5 MB together.", "Des fichiers, 5 Mo ensemble.") }

    /// Of a line whose carrier says how much it takes.
    func filesHint(limit: Int) -> String {
        let size = Self.kilobytes(limit)
        return say("Files, 5 MB together. This line takes \(size) kB: larger pictures are made smaller.", "Des fichiers, 5 Mo ensemble. Cette ligne prend \(size) ko : les images plus grandes sont réduites.")
    }

    func textsOnly(_ line: String) -> String { say("The line \(line) sends texts only.", "La ligne \(line) n’envoie que des textes.") }

    private static func kilobytes(_ octets: Int) -> Int { octets / 1024 }
}
