// What stands on the pages by which a line is added.
extension Words {
    var newLine: String { say("A new line", "Une nouvelle ligne") }
    var lookForDevices: String { say("A USB modem or a router with the SIM", "Un modem USB ou un routeur avec la SIM") }
    var lookForDevicesText: String {
        say("Every serial device of this machine is asked whether it is a modem; and so are the routers of its own networks.", "Chaque port série de cette machine est interrogé, ainsi que les routeurs de ses propres réseaux.")
    }
    var look: String { say("Look for it", "Chercher") }
    var looking: String { say("Looking, up to half a minute…", "Recherche, jusqu’à une demi-minute…") }
    var deviceAt: String { say("I know where it is", "Je sais où il est") }
    var place: String { say("Place", "Emplacement") }
    var placeHint: String {
        say("A path such as /dev/ttyUSB0, tcp:host:port (a simulated modem, ser2net), or the address of a router’s page.", "Un chemin comme /dev/ttyUSB0, tcp:hôte:port (modem simulé, ser2net), ou l’adresse de la page d’un routeur.")
    }
    var tryIt: String { say("Try it", "Essayer") }
    var phoneWithSIM: String { say("An Android phone with the SIM", "Un téléphone Android avec la SIM") }
    var phoneWithSIMText: String { say("An old phone that stays at home, with one of these apps on it:", "Un ancien téléphone qui reste à la maison, avec l’une de ces applications :") }
    var nothingAnswersThere: String { say("Nothing that could hold a line answers there.", "Rien qui puisse porter une ligne ne répond là.") }
    var nothingFoundHere: String { say("No modem and no router answers.", "Aucun modem ni routeur ne répond.") }
    var isItPluggedIn: String { say("Is it plugged in? A stick that shows up as a CD-ROM needs the package usb-modeswitch.", "Est-il branché ? Une clé qui apparaît comme un CD-ROM a besoin du paquet usb-modeswitch.") }
    var mayWeUseIt: String { say("May Homeline use it? Its user must be in the group dialout.", "Homeline peut-il l’utiliser ? Son utilisateur doit être dans le groupe dialout.") }
    var whoHoldsIt: String { say("Does ModemManager, or a line that runs, hold it?", "ModemManager ou une ligne active l’occupe-t-il ?") }
    var foundDevices: String { say("Found", "Trouvé") }
    var another: String { say("Another way", "Autrement") }
    var useIt: String { say("Use it", "Utiliser") }
    var addLine: String { say("Add the line", "Ajouter la ligne") }

    func card(_ card: FoundModem.Card) -> String {
        switch card {
        case .ready: say("The SIM is ready.", "La SIM est prête.")
        case .wantsPIN: say("The SIM asks for its PIN.", "La SIM demande son PIN.")
        case .blocked: say("The SIM is blocked: put it into a phone and unlock it there.", "La SIM est bloquée : mettez-la dans un téléphone pour la débloquer.")
        case .absent: say("There is no SIM in it.", "Il n’y a pas de SIM.")
        case .unknown: say("What its SIM is like is not known yet.", "L’état de la SIM n’est pas encore connu.")
        }
    }

    var pinHint: String {
        say(
            "Kept in a file of its own. It is tried once, never again when it was refused, and not at all with fewer than three tries left.",
            "Conservé dans un fichier à part. Il est essayé une fois, plus jamais s’il a été refusé, et pas du tout s’il reste moins de trois essais.")
    }
    var wantsPictures: String { say("Picture messages too (they use the SIM’s data)", "Aussi les messages multimédias (ils utilisent les données de la SIM)") }
    var accessPoint: String { say("Access point (APN) for pictures", "Point d’accès (APN) pour les images") }
    var accessPointHint: String { say("As the carrier has it; left empty, the list of carriers decides.", "Celui de l’opérateur ; laissé vide, la liste des opérateurs décide.") }
    var badLineName: String { say("Letters, digits, - and _, at most 40.", "Lettres, chiffres, - et _, 40 au plus.") }
    var takenLineName: String { say("There is a line of this name already.", "Il y a déjà une ligne de ce nom.") }
    var badPIN: String { say("A PIN has 4 to 8 digits.", "Un PIN a 4 à 8 chiffres.") }
    var pinIsWanted: String { say("The SIM asks for its PIN.", "La SIM demande son PIN.") }
    var badURL: String { say("An address such as http://192.168.1.20:8080.", "Une adresse comme http://192.168.1.20:8080.") }
    func tooShort(_ length: Int) -> String { say("At least \(length) characters.", "Au moins \(length) caractères.") }
}
