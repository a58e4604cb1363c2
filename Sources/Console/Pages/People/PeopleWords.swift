import Telephony

extension Words {
    /// What the pages about people and their apps say.
    var aboutPeople: PeopleWords { PeopleWords(words: self) }
}

/// What the pages about people say; beside it stands what they say of apps and of links.
struct PeopleWords: Sendable {
    let words: Words

    func say(_ english: String, _ french: String) -> String { words.say(english, french) }

    var people: String { words.people }
    var lines: String { words.lines }
    var preferred: String { say("texts leave from here", "les messages partent d’ici") }
    var add: String { say("Add", "Ajouter") }
    var addPerson: String { say("Add a person", "Ajouter une personne") }
    var nameNote: String {
        say("The name of their SIP account: small letters, digits, - and _.", "Le nom de son compte SIP : minuscules, chiffres, - et _.")
    }
    var nobody: String { say("Nobody has a line yet. Add the first person below.", "Personne n’a encore de ligne. Ajoutez la première personne ci-dessous.") }
    var noLines: String { say("Choose at least one line.", "Choisissez au moins une ligne.") }
    var nameIsTaken: String { say("There is somebody of this name.", "Quelqu’un porte déjà ce nom.") }
    var noSoftphone: String {
        say(
            "The configuration has no softphone endpoint, so there are no SIP accounts.",
            "La configuration n’a pas de section softphone ; il n’y a donc pas de comptes SIP.")
    }
    var ownersOnly: String { say("Only owners may do this.", "Seuls les propriétaires le peuvent.") }
    var remove: String { say("Remove", "Supprimer") }
    var removePerson: String { say("Remove this person", "Supprimer cette personne") }
    var removeNote: String {
        say(
            "Their apps stop working, and what waits for them is given up. Their messages stay. If they do not sign in here either, their contacts, drafts and blocks go too.",
            "Ses applications cessent de fonctionner et ce qui les attend est abandonné. Ses messages restent. Si cette personne ne se connecte pas non plus ici, ses contacts, brouillons et blocages disparaissent aussi.")
    }
    var sure: String { say("Yes, remove", "Oui, supprimer") }
    var notSure: String { say("Tick this first.", "Cochez d’abord ceci.") }
    func backTo(_ person: PersonID) -> HTML { "\(say("Back to", "Retour à")) <bdi>\(person.name)</bdi>" }

    // The way into the Console.
    var console: String { say("Console", "Console") }
    var noSIPAccount: String { say("signs in here, and has no account for apps", "se connecte ici, sans compte pour les applications") }
    var makeSIPAccount: String { say("An account for apps", "Un compte pour les applications") }
    var noConsole: String { say("does not sign in here", "ne se connecte pas ici") }
    var inviteAs: String { say("As", "En tant que") }
    var inviteNote: String {
        say(
            "Whoever opens the link first chooses the password. It is good once, and for an hour.",
            "Qui ouvre le lien en premier choisit le mot de passe. Il sert une fois, pendant une heure.")
    }
    var makeInvitation: String { say("Make a link", "Créer un lien") }
    var invitation: String { say("A way into the Console", "Un accès à la Console") }
    var invitationText: String {
        say("Give this link to nobody else. It is good once, and for an hour.", "Ne donnez ce lien à personne d’autre. Il sert une fois, pendant une heure.")
    }
    var shutOut: String { say("Let them sign in no longer", "Ne plus laisser se connecter") }
    var shutOutNote: String {
        say(
            "If they have no apps here either, their contacts, drafts and blocks go, too. Their messages stay.",
            "Si cette personne n’a pas non plus d’applications ici, ses contacts, brouillons et blocages disparaissent aussi. Ses messages restent.")
    }
    var notYourself: String { say("You cannot shut yourself out.", "Vous ne pouvez pas vous exclure vous-même.") }

    func role(_ role: Account.Role) -> String {
        switch role {
        case .owner: say("owner", "propriétaire")
        case .member: say("member", "membre")
        }
    }
}
