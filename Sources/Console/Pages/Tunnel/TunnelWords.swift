import WireGuard

extension Words {
    /// What the page about the tunnel says.
    var tunnel: TunnelWords { TunnelWords(words: self) }
}

/// What the page about the tunnel says.
struct TunnelWords {
    let words: Words

    private func say(_ english: String, _ french: String) -> String { words.say(english, french) }

    var title: String { say("Tunnel (WireGuard)", "Tunnel (WireGuard)") }
    var purpose: String {
        say(
            "Phones reach this house through the tunnel from anywhere, as if they were at home. Nothing but what is for Homeline goes through it.",
            "Les téléphones joignent cette maison par le tunnel, d’où qu’ils soient, comme s’ils y étaient. Seul ce qui est pour Homeline y passe.")
    }
    var make: String { say("Make the tunnel", "Créer le tunnel") }
    var endpoint: String { say("How this house is reached from outside", "Comment cette maison est jointe de l’extérieur") }
    var endpointNote: String {
        say(
            "A name or an address, such as home.example.org. Your router forwards its UDP port 51820 to this machine.",
            "Un nom ou une adresse, par exemple home.example.org. Votre routeur transmet son port UDP 51820 à cette machine.")
    }
    var badEndpoint: String {
        say("A name or an address is wanted, with :PORT where it is not 51820.", "Il faut un nom ou une adresse, avec :PORT si ce n’est pas 51820.")
    }
    var isMadeAlready: String { say("There is a tunnel already.", "Il y a déjà un tunnel.") }
    var thisHouse: String { say("This house, in the tunnel", "Cette maison, dans le tunnel") }
    var reachedAs: String { say("From outside", "De l’extérieur") }
    var phones: String { say("Phones", "Téléphones") }
    var noPhones: String { say("No phone yet. Add the first below.", "Pas encore de téléphone. Ajoutez le premier ci-dessous.") }
    var phone: String { say("Name of the phone", "Nom du téléphone") }
    var nameNote: String { say("Up to 40 letters, digits, - and _.", "Jusqu’à 40 lettres, chiffres, - et _.") }
    var add: String { say("Add the phone", "Ajouter le téléphone") }
    var since: String { say("since", "depuis") }
    var newProfile: String { say("New profile", "Nouveau profil") }
    var remove: String { say("Remove", "Retirer") }
    var profileOf: String { say("Profile of", "Profil de") }
    var scan: String {
        say("In the WireGuard app: add a tunnel, scan from QR code.", "Dans l’app WireGuard : ajouter un tunnel, scanner le code QR.")
    }
    var shownOnce: String {
        say(
            "It holds the phone's private key, which is kept nowhere: this is the only time that it is shown. “New profile” makes another, and shuts this one out.",
            "Il contient la clé privée du téléphone, qui n’est gardée nulle part : il n’est montré que cette fois. « Nouveau profil » en fait un autre et exclut celui-ci.")
    }
    var asText: String { say("As text, for a file", "En texte, pour un fichier") }
    var codeOf: String { say("QR code of the profile", "Code QR du profil") }
    var takeUp: String {
        say("Then let the system know, with these two commands on this machine:", "Ensuite, faites-le savoir au système par ces deux commandes sur cette machine :")
    }
    var takeUpNew: String { say("Bring it up with these two commands on this machine:", "Activez-le par ces deux commandes sur cette machine :") }
    var back: String { say("Back to the tunnel", "Retour au tunnel") }

    func sentence(_ mistake: Tunnel.Mistake) -> String {
        switch mistake {
        case .badName: nameNote
        case .known: say("There is a phone of this name.", "Il y a un téléphone de ce nom.")
        case .unknown: say("There is no phone of this name.", "Il n’y a pas de téléphone de ce nom.")
        case .full: say("There is room for 253 phones, and all of it is taken.", "Il y a de la place pour 253 téléphones, et elle est prise.")
        }
    }
}
