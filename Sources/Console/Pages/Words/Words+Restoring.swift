// What is said where a house goes on from a backup.
extension Words {
    var restoreTitle: String { say("Or go on from a backup", "Ou repartir d’une sauvegarde") }
    var restoreText: String {
        say(
            "Messages, lines, people and settings of another Homeline come here, with the accounts and passwords of its pages. Stop the other one first: two must not serve one SIM.",
            "Les messages, lignes, personnes et réglages d’un autre Homeline arrivent ici, avec les comptes et mots de passe de ses pages. Arrêtez d’abord l’autre : deux ne doivent pas servir une même SIM.")
    }
    var backupFile: String { say("File of the backup (.tar.age)", "Fichier de la sauvegarde (.tar.age)") }
    var anotherBackup: String { say("Another file, where that is not the one", "Un autre fichier, si ce n’est pas le bon") }
    var backupPassphrase: String { say("Passphrase of the backup", "Phrase secrète de la sauvegarde") }
    var restore: String { say("Restore", "Restaurer") }
    var restoring: String { say("Restoring; a large one takes minutes…", "Restauration ; une grande prend des minutes…") }
    var wrongPassphrase: String { say("This passphrase does not open it.", "Cette phrase secrète ne l’ouvre pas.") }
    var chooseBackup: String { say("Choose the file of the backup.", "Choisissez le fichier de la sauvegarde.") }
    var noRoomForBackup: String { say("There is not enough room on this machine’s disk.", "Il n’y a pas assez de place sur le disque de cette machine.") }
    func backupIsHere(octets: Int) -> String {
        let size = octets >= 1 << 20 ? "\(octets >> 20) MiB" : "\(max(1, octets >> 10)) KiB"
        return say("The file is here (\(size)); only its passphrase is missing.", "Le fichier est là (\(size)) ; il ne manque que sa phrase secrète.")
    }

    var restored: String { say("Restored", "Restauré") }
    func restoredFrom(_ time: String, messages: Int, files: Int) -> String {
        say("Everything is as it was: \(time), \(messages) messages, \(files) files.", "Tout est comme c’était : \(time), \(messages) messages, \(files) fichiers.")
    }
    func restoredInDoubt(_ count: Int) -> String {
        say(
            "\(count) texts that waited to leave are in doubt: they may have left since. Health, Queues decides.",
            "\(count) SMS qui attendaient de partir sont en doute : ils sont peut-être partis depuis. Décidez sous Santé, Files.")
    }
    func restoredScheduled(_ count: Int) -> String {
        say(
            "\(count) messages whose time has come since may have left, too. They wait under Scheduled, each for its writer.",
            "\(count) messages dont l’heure est venue depuis sont peut-être partis aussi. Ils attendent sous Programmés, chacun la décision de son auteur.")
    }
    var settingsDoNotHold: String {
        say(
            "Its settings cannot be used on this machine, so its lines are to be set up again. They lie in the state directory, under configuration.",
            "Ses réglages ne peuvent pas servir sur cette machine ; ses lignes sont à installer à nouveau. Ils sont dans le dossier d’état, sous configuration.")
    }
    var signInAsBefore: String { say("Sign in there with the name and the password of before.", "Connectez-vous avec le nom et le mot de passe d’avant.") }
    var pagesAreOff: String { say("Its settings show no pages to browsers.", "Ses réglages ne montrent pas de pages aux navigateurs.") }
}
