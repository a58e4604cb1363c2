// What stands on the pages of messages.
extension Words {
    var nothingFailed: String { say("Nothing of it failed.", "Rien n’en a échoué.") }
    var send: String { say("Send", "Envoyer") }
    var message: String { say("Message", "Message") }
    var to: String { say("To", "À") }
    var noMessages: String {
        say(
            "No messages yet. Write the first with New, or text one of your lines from another phone.",
            "Pas encore de messages. Écrivez le premier avec Nouveau, ou envoyez un SMS à l’une de vos lignes depuis un autre téléphone.")
    }
    var older: String { say("Older messages", "Messages plus anciens") }
    var newest: String { say("Newest messages", "Derniers messages") }
    var queued: String { say("Waiting to leave", "En attente de départ") }
    var sent: String { say("Sent", "Envoyé") }
    var delivered: String { say("Delivered", "Remis") }
    var failed: String { say("Not sent", "Non envoyé") }
    var inDoubt: String { say("May not have been sent", "Peut-être pas envoyé") }
    var tryAgain: String { say("Try again", "Réessayer") }
    var sendAgain: String { say("Send it again", "L’envoyer encore") }
    var itWasSent: String { say("It was sent", "Il est parti") }
    var itFailed: String { say("It was not sent", "Il n’est pas parti") }
    var doubtText: String { say("The answer of the network was lost.", "La réponse du réseau s’est perdue.") }
    var showAll: String { say("Show all of it", "Tout afficher") }
    var file: String { say("File", "Fichier") }
    var recording: String { say("Recording", "Enregistrement") }
    var unread: String { say("unread", "non lus") }
    var found: String { say("Found", "Trouvé") }
    var nothingFound: String {
        say(
            "Nothing found. Fewer words, or only their beginnings, find more.",
            "Rien trouvé. Moins de mots, ou leur début seulement, trouvent davantage.")
    }
    var searchText: String {
        say(
            "Type words of a message above, or only their beginnings.",
            "Tapez plus haut des mots d’un message, ou seulement leur début.")
    }
    var noFiles: String { say("The file is no longer kept.", "Le fichier n’est plus conservé.") }

    var newMessage: String { say("New message", "Nouveau message") }
    var itsWay: String { say("Its way", "Son parcours") }
    var takeBack: String { say("Take it back", "L’annuler") }
    var tooLate: String { say("It has left already, or may have.", "Il est déjà parti, ou peut-être.") }
    var pictures: String { say("Pictures", "Images") }
    var noPictures: String {
        say(
            "No pictures yet. Those that come or are sent in this conversation are kept here.",
            "Pas encore d’images. Celles qui sont reçues ou envoyées dans cette conversation sont gardées ici.")
    }
    var goTo: String { say("Go to a day", "Aller à un jour") }
    var day: String { say("Day", "Jour") }
    var go: String { say("Go", "Aller") }
    var noSuchDay: String { say("There is no such day.", "Ce jour n’existe pas.") }
    var members: String { say("Members", "Membres") }
    var copy: String { say("Copy the code", "Copier le code") }
    var copied: String { say("Copied", "Copié") }
    var noLines: String {
        say(
            "No line is yours to write over. An owner gives you one under People.",
            "Aucune ligne n’est à vous pour écrire. Un propriétaire vous en donne une sous Personnes.")
    }
    var more: String { say("More", "Plus") }
    var conversation: String { say("Conversation", "Conversation") }

    /// `3 SMS, Unicode because of ’, 20 characters left`
    func count(_ segments: Int, because: Character?, left: Int) -> String {
        let reason = because.map { say(", Unicode because of \u{2068}\($0)\u{2069}", ", Unicode à cause de \u{2068}\($0)\u{2069}") } ?? ""
        return say("\(segments) SMS\(reason), \(left) characters left", "\(segments) SMS\(reason), encore \(left) caractères")
    }
}
