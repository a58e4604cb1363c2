extension PeopleWords {
    var yourApps: String { say("Your apps", "Vos applications") }
    var noAccountYet: String { say("You have no SIP account yet.", "Vous n’avez pas encore de compte SIP.") }
    var apps: String { say("Apps", "Applications") }
    var noApps: String { say("No app yet.", "Pas encore d’application.") }
    var app: String { say("App", "Application") }
    var unknownApp: String { say("An app", "Une application") }
    var address: String { say("Address", "Adresse") }
    var lastSeen: String { say("Last seen", "Vue le") }
    var registeredUntil: String { say("Registered until", "Inscrite jusqu’à") }
    var here: String { say("here", "présente") }
    var away: String { say("away", "absente") }
    var awaited: String { say("not here yet", "pas encore venue") }
    var madeAt: String { say("Set up", "Préparée") }
    var sharedPassword: String { say("the one for all apps", "celui de toutes les applications") }
    var forget: String { say("Forget", "Oublier") }
    var addApp: String { say("Add an app", "Ajouter une application") }
    var label: String { say("What is it on? (Alice's phone)", "Où est-elle ? (téléphone d’Alice)") }
    var badLabel: String { say("A name of at most 60 characters.", "Un nom de 60 caractères au plus.") }
    var tooManyApps: String { say("There are too many apps already. Forget one first.", "Il y a déjà trop d’applications. Oubliez-en une d’abord.") }
    var linphone: String { "Linphone" }
    var anotherApp: String { say("Another SIP app", "Une autre application SIP") }
    var onePassword: String { say("One password for all apps", "Un mot de passe pour toutes les applications") }
    var onePasswordNote: String {
        say(
            "Apps that use the one so far are asked for the new one; apps with a password of their own go on.",
            "Les applications qui ont l’ancien demandent le nouveau ; celles qui ont leur propre mot de passe continuent.")
    }
    var makePassword: String { say("Make a new one", "En créer un nouveau") }

    /// `3 apps, 1 here`
    func count(_ count: Int, here: Int) -> String {
        guard count > 0 else { return noApps }
        let apps = count == 1 ? say("1 app", "1 application") : say("\(count) apps", "\(count) applications")
        return "\(apps), \(say("\(here) here", here > 1 ? "\(here) présentes" : "\(here) présente"))"
    }

    // Settings to type.
    var settings: String { say("Settings for a SIP app", "Réglages d’une application SIP") }
    var shownOnce: String { say("The password is shown this once.", "Le mot de passe n’est montré que cette fois.") }

    func name(of field: PlainSettings.Field) -> String {
        switch field {
        case .account: say("Account", "Compte")
        case .user: say("User name", "Nom d’utilisateur")
        case .password: words.password
        case .domain: say("Domain", "Domaine")
        case .server: say("Server", "Serveur")
        case .otherServer: say("or", "ou")
        }
    }

    // While it is waited for.
    var waiting: String { say("Waiting for", "En attente de") }
    var lookAgain: String { say("Look again", "Regarder de nouveau") }
    var arrived: String { say("Here is", "Voici") }
}
