import Telephony

// What is said on the pages of settings.
extension Words {
    var tokens: String { say("API tokens", "Jetons de l’API") }
    var tokensText: String { say("Keys for programs that read or send.", "Des clés pour les programmes qui lisent ou envoient.") }
    var noTokens: String { say("There are none yet. A program needs one to read or send.", "Il n’y en a pas encore. Un programme en a besoin pour lire ou envoyer.") }
    var newToken: String { say("A new token", "Un nouveau jeton") }
    var makeToken: String { say("Make it", "Le faire") }
    var revoke: String { say("Revoke", "Révoquer") }
    var scopes: String { say("What it may do", "Ce qu’il peut faire") }
    var scopeWanted: String { say("At least one.", "Au moins un.") }
    var tokenDays: String { say("Days until it ends; empty for never", "Jours jusqu’à sa fin ; vide pour jamais") }
    var badDays: String { say("A whole number from 1 to 36500, or nothing.", "Un nombre entier de 1 à 36500, ou rien.") }
    var badTokenName: String { say("Letters, digits, blanks and - _ . only, at most 40.", "Des lettres, chiffres, espaces et - _ . seulement, 40 au plus.") }
    var tokenNameIsTaken: String { say("There is one of this name already.", "Il y en a déjà un de ce nom.") }
    var tokenShownOnce: String {
        say("This is the token. It is shown now and never again.", "Voici le jeton. Il est montré maintenant et plus jamais.")
    }
    var neverEnds: String { say("without end", "sans fin") }
    var hasEnded: String { say("has ended", "terminé") }
    func endsOn(_ day: String) -> String { say("until \(day)", "jusqu’au \(day)") }

    func scope(_ scope: Token.Scope) -> String {
        switch scope {
        case .read: say("read messages, lines and events", "lire les messages, les lignes et les événements")
        case .send: say("send messages", "envoyer des messages")
        case .admin: say("everything", "tout")
        }
    }

    var auditLog: String { say("Audit log", "Journal d’audit") }
    var auditText: String { say("Who did what, and from where.", "Qui a fait quoi, et d’où.") }
    var noEntries: String { say("Nothing is written down here.", "Rien n’est noté ici.") }
    var olderEntries: String { say("Older entries", "Entrées plus anciennes") }
    var atCommandLine: String { say("at the command line", "à la ligne de commande") }
    var nobodyKnown: String { say("nobody known", "personne de connu") }
}
