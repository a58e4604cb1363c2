// What stands on every page, and on those that say that something is not.
extension Words {
    var skip: String { say("Skip to content", "Aller au contenu") }
    var messages: String { say("Messages", "Messages") }
    var lines: String { say("Lines", "Lignes") }
    var people: String { say("People", "Personnes") }
    var health: String { say("Health", "État") }
    var settings: String { say("Settings", "Réglages") }
    var sections: String { say("Sections", "Rubriques") }
    var search: String { say("Search", "Rechercher") }
    var new: String { say("New", "Nouveau") }
    var you: String { say("You", "Vous") }
    var name: String { say("Name", "Nom") }
    var line: String { say("Line", "Ligne") }
    var save: String { say("Save", "Enregistrer") }
    var saved: String { say("Saved.", "Enregistré.") }
    var back: String { say("All messages", "Tous les messages") }
    var notFound: String { say("There is nothing here.", "Il n’y a rien ici.") }
    var trouble: String { say("Something went wrong here; the log says what.", "Quelque chose n’a pas marché ici ; le journal dit quoi.") }
    var pageIsOld: String { say("This page was open for too long. Please try again.", "Cette page est restée ouverte trop longtemps. Veuillez réessayer.") }
    var closed: String { say("Not from here", "Pas depuis ici") }
    var closedText: String {
        say(
            """
            This page is served to this machine only, because what passes between your browser and Homeline is not encrypted. \
            Give Homeline a certificate (http.certificate), or open the page where the network is your own (http.console: open).
            """,
            """
            Cette page n’est servie qu’à cette machine, parce que ce qui passe entre votre navigateur et Homeline n’est pas chiffré. \
            Donnez un certificat à Homeline (http.certificate), ou ouvrez la page là où le réseau est le vôtre (http.console: open).
            """)
    }
}
