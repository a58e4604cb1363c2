// What is said of languages, notices and keys.
extension Words {
    var yourPages: String { say("Language and notices", "Langue et notifications") }
    var languageWord: String { say("Language", "Langue") }
    var browserLanguage: String { say("As the browser asks", "Comme le navigateur le demande") }
    var notices: String { say("Notices", "Notifications") }
    var noticesSay: String { say("A notice says", "Une notification dit") }
    var toldNothing: String { say("that there is something", "qu’il y a quelque chose") }
    var toldText: String { say("who wrote, and what", "qui a écrit, et quoi") }
    var noticesText: String {
        say(
            "This browser can tell you of new messages while no page is open. What it is told is encrypted for it alone.",
            "Ce navigateur peut vous signaler les nouveaux messages sans page ouverte. Ce qui lui est dit est chiffré pour lui seul.")
    }
    var noticesOn: String { say("Turn on in this browser", "Activer dans ce navigateur") }
    var noticesOff: String { say("Turn off in this browser", "Désactiver dans ce navigateur") }
    var noticesRefused: String { say("This browser does not allow it.", "Ce navigateur ne le permet pas.") }
    var noticesFailed: String { say("The browser’s push service does not answer.", "Le service du navigateur ne répond pas.") }
    var offline: String { say("No connection", "Pas de connexion") }
    var offlineText: String {
        say(
            "Homeline cannot be reached from here now. Messages are kept on its own machine, not in this browser.",
            "Homeline n’est pas joignable d’ici pour l’instant. Les messages restent sur sa machine, pas dans ce navigateur.")
    }
    var keys: String { say("Keys", "Touches") }
    var close: String { say("Close", "Fermer") }
    var keySearch: String { say("search", "rechercher") }
    var keyNew: String { say("new message", "nouveau message") }
    var keyMove: String { say("down and up the list", "descendre et monter dans la liste") }
    var keySend: String { say("send", "envoyer") }
    var keyBack: String { say("back to the list", "revenir à la liste") }
    var keyWrite: String { say("write", "écrire") }
    var keyHelp: String { say("these keys", "ces touches") }
}
