extension PeopleWords {
    var setUpAnApp: String { say("Set up Linphone", "Régler Linphone") }
    var stepInstall: String {
        say("Install Linphone from your phone's store and open it.", "Installez Linphone depuis le magasin de votre téléphone et ouvrez-le.")
    }
    var stepScan: String {
        say(
            "Choose the account assistant, then scan the QR code; or fetch the remote configuration from the link.",
            "Choisissez l’assistant de compte, puis scannez le code QR ; ou récupérez la configuration distante par le lien.")
    }
    var stepWait: String { say("It restarts, and is here within seconds.", "Il redémarre et vient en quelques secondes.") }
    var codeOfLink: String { say("QR code of the link below", "Code QR du lien ci-dessous") }
    var openInLinphone: String { say("Open in Linphone on this phone", "Ouvrir dans Linphone sur ce téléphone") }
    var linkIsGoodOnce: String {
        say(
            "The link sets up one app, once, and is good for half an hour. Looking at this page does not use it up.",
            "Le lien règle une application, une fois, pendant une demi-heure. Regarder cette page ne l’use pas.")
    }
    var linkReplaces: String {
        say("Linphone forgets the accounts that it had.", "Linphone oublie les comptes qu’il avait.")
    }
    var linkIsLocal: String {
        say(
            "This link opens on this machine only. Give Homeline an address that phones reach: http.public-url.",
            "Ce lien ne s’ouvre que sur cette machine. Donnez à Homeline une adresse que les téléphones atteignent : http.public-url.")
    }
    var linkIsUntrusted: String {
        say(
            "The certificate is self-signed, and Linphone refuses it unless it is installed on the phone. An authority makes one for nothing (certificates).",
            "Le certificat est auto-signé et Linphone le refuse s’il n’est pas installé sur le téléphone. Une autorité en fait un gratuitement (certificates).")
    }
    var linkIsRefused: String {
        say(
            "Phones are refused: the listener has no certificate, so the Console is shown to this machine only (http.console).",
            "Les téléphones sont refusés : le serveur n’a pas de certificat et la Console n’est montrée qu’à cette machine (http.console).")
    }
    var linkIsPlain: String {
        say("The link is not encrypted: use it on a network of your own.", "Le lien n’est pas chiffré : servez-vous-en sur votre propre réseau.")
    }
    var linkIsSpent: String { say("This link was used already. Ask for a new one.", "Ce lien a déjà servi. Demandez-en un autre.") }
    var linkHasExpired: String { say("This link has expired. Ask for a new one.", "Ce lien a expiré. Demandez-en un autre.") }
    var noSuchLink: String { say("There is no such link. Ask for a new one.", "Ce lien n’existe pas. Demandez-en un autre.") }
    var tooManyLinks: String {
        say("Too many wrong links came from there. Wait a few minutes.", "Trop de liens faux sont venus de là. Attendez quelques minutes.")
    }
    var notForPrograms: String {
        say("This link is for Linphone, or for a browser to look at.", "Ce lien est pour Linphone, ou à regarder dans un navigateur.")
    }
}
