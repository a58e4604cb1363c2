import Exchange

// What is said of where conversations lie.
extension Words {
    var shelves: String { say("Show", "Afficher") }
    var all: String { say("All", "Tout") }
    var unreadOnes: String { say("Unread", "Non lus") }
    var archivedOnes: String { say("Archived", "Archivés") }
    var waitingOnes: String { say("Scheduled", "Programmés") }
    var pinned: String { say("Pinned", "Épinglé") }
    var muted: String { say("Muted", "En sourdine") }
    var draft: String { say("Draft", "Brouillon") }
    var nothingArchived: String {
        say(
            "Nothing is archived. A conversation’s menu ⋯ puts it here; its next message brings it back.",
            "Rien n’est archivé. Le menu ⋯ d’une conversation la place ici ; son prochain message la ramène.")
    }
    var nothingUnread: String { say("Everything is read.", "Tout est lu.") }

    func name(of move: ShelfMove) -> String {
        switch move {
        case .pin: say("Pin", "Épingler")
        case .unpin: say("Unpin", "Détacher")
        case .archive: say("Archive", "Archiver")
        case .unarchive: say("Take out of the archive", "Sortir des archives")
        case .mute: say("Mute", "Mettre en sourdine")
        case .unmute: say("Unmute", "Réactiver le son")
        }
    }
}
