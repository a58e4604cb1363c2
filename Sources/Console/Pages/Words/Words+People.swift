// What stands on the pages of contacts and blocked senders.
extension Words {
    var contacts: String { say("Contacts", "Contacts") }
    var findContacts: String { say("Find a name or number", "Chercher un nom ou un numéro") }
    var newContact: String { say("New contact", "Nouveau contact") }
    var noContacts: String { say("No contacts yet. A vCard file of your phone brings them all.", "Pas encore de contacts. Un fichier vCard de votre téléphone les apporte tous.") }
    var moreContacts: String { say("More contacts", "Plus de contacts") }
    var cardFile: String { say("A vCard file (.vcf)", "Un fichier vCard (.vcf)") }
    var importFile: String { say("Import", "Importer") }
    var exportContacts: String { say("Save all contacts as a vCard file", "Enregistrer tous les contacts dans un fichier vCard") }
    var removeContact: String { say("Remove this contact", "Supprimer ce contact") }
    var numbersOneALine: String { say("Numbers, one a line", "Numéros, un par ligne") }
    var contactNeedsName: String { say("A contact has a name.", "Un contact a un nom.") }
    var noForm: String { say("This is no form with a file.", "Ce n’est pas un formulaire avec un fichier.") }
    var noFile: String { say("The file did not come whole.", "Le fichier n’est pas arrivé en entier.") }
    var noCards: String { say("This file holds no contacts.", "Ce fichier ne contient pas de contacts.") }
    var blocked: String { say("Blocked", "Bloqués") }
    var block: String { say("Block", "Bloquer") }
    var unblock: String { say("Unblock", "Débloquer") }
    var nobodyBlocked: String {
        say(
            "Nobody is blocked. Type a number below, or block from a conversation’s menu ⋯.",
            "Personne n’est bloqué. Tapez un numéro ci-dessous, ou bloquez depuis le menu ⋯ d’une conversation.")
    }
    var numberOrName: String { say("Number, or a sender’s name", "Numéro, ou nom d’expéditeur") }
    var noNumber: String { say("This is neither a number nor a name.", "Ce n’est ni un numéro ni un nom.") }
    var blockedText: String {
        say(
            "What they write is kept and brought to nobody who has the line. Unblocking brings what comes from then on.",
            "Ce qu’ils écrivent est conservé et n’est apporté à personne sur la ligne. Débloquer apporte ce qui vient ensuite.")
    }
    var blockedTextOfMember: String {
        say(
            "What they write is kept, and not brought to your apps. Others who share the line get it.",
            "Ce qu’ils écrivent est conservé, et n’est pas apporté à vos applications. Les autres personnes de la ligne le reçoivent.")
    }

    func imported(_ contacts: Int, omitted: Int) -> String {
        let rest = omitted > 0 ? say(" \(omitted) entries could not be taken.", " \(omitted) entrées n’ont pas pu être prises.") : ""
        return say("\(contacts) contacts were imported.\(rest)", "\(contacts) contacts ont été importés.\(rest)")
    }
}

// What stands on the pages of backups and of moving.
extension Words {
    var backup: String { say("Backup", "Sauvegarde") }
    var backupText: String { say("The last one, whether it is whole, and one more now.", "La dernière, si elle est complète, et une autre maintenant.") }
    var moveText: String { say("Messages in from another phone, and out to other programs.", "Les messages qui viennent d’un autre téléphone, et vont vers d’autres programmes.") }
    var noBackupYet: String { say("There is no backup yet.", "Il n’y a pas encore de sauvegarde.") }
    var makeBackup: String { say("Make one now", "En faire une maintenant") }
    var backupIsMade: String { say("A backup is being made", "Une sauvegarde est en cours") }
    var lookAgain: String { say("Look again", "Regarder à nouveau") }
    var backupIsWhole: String { say("It was opened again, and is whole.", "Elle a été rouverte, et elle est complète.") }
    var backupLeavesOut: String { say("These files are left out:", "Ces fichiers sont laissés de côté :") }
    var backupHasFaults: String { say("It was opened again, and something is wrong:", "Elle a été rouverte, et quelque chose ne va pas :") }
    var nextBackup: String { say("The next is made", "La prochaine sera faite") }
    var backupFailed: String { say("The last attempt failed.", "Le dernier essai a échoué.") }
    var moveMessages: String { say("Export and import", "Exporter et importer") }
    var exportMessages: String { say("Export messages", "Exporter les messages") }
    var importMessages: String { say("Import from a phone", "Importer d’un téléphone") }
    var format: String { say("Format", "Format") }
    var jsonFormat: String { say("JSON, with everything", "JSON, avec tout") }
    var androidFormat: String { say("XML of SMS Backup & Restore (Android)", "XML de SMS Backup & Restore (Android)") }
    var androidFile: String { say("A file of SMS Backup & Restore (.xml)", "Un fichier de SMS Backup & Restore (.xml)") }
    var notThatFile: String { say("This is no file of SMS Backup & Restore.", "Ce n’est pas un fichier de SMS Backup & Restore.") }
    var importText: String {
        say("The messages become history: they are never sent, and not brought to apps.", "Les messages deviennent de l’historique : ils ne sont jamais envoyés ni apportés aux applications.")
    }
    var noSchedule: String {
        say(
            "No backups are made by themselves. Name a folder and a file with a passphrase in the configuration:",
            "Aucune sauvegarde ne se fait d’elle-même. Nommez un dossier et un fichier avec une phrase secrète dans la configuration :")
    }

    func contents(messages: Int, files: Int, size: Int) -> String {
        let megabytes = "\(size / 1_000_000).\(size / 100_000 % 10) MB"
        return say("\(messages) messages, \(files) files, \(megabytes)", "\(messages) messages, \(files) fichiers, \(megabytes)")
    }

    func keptIn(_ folder: String, _ count: Int) -> String { say("The latest \(count) are kept in \(folder).", "Les \(count) dernières sont gardées dans \(folder).") }

    func taken(added: Int, known: Int, rest: Int) -> String {
        say("\(added) messages were added, \(known) were there already, \(rest) were left.", "\(added) messages ont été ajoutés, \(known) étaient déjà là, \(rest) ont été laissés.")
    }
}
