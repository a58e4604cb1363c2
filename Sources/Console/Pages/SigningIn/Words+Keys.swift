import Telephony

// What is said of ways to sign in, and of browsers.
extension Words {
    var waysIn: String { say("Ways to sign in", "Façons de se connecter") }
    var goOn: String { say("Continue", "Continuer") }
    var rename: String { say("Rename", "Renommer") }
    var wrongPasswordAlone: String { say("The password is wrong.", "Le mot de passe est faux.") }
    var confirmTitle: String { say("Is it you?", "Est-ce bien vous ?") }
    var codeForApp: String { say("Code for the app that makes codes", "Code pour l’application qui fait des codes") }
    var formIsKept: String { say("What you filled in is kept, and taken right after.", "Ce que vous avez saisi est gardé, et pris juste après.") }
    var confirmText: String {
        say(
            "What comes next can give somebody else your messages. Show once more that it is you; that holds for ten minutes.",
            "Ce qui suit peut donner vos messages à quelqu’un d’autre. Montrez encore une fois que c’est vous ; cela vaut dix minutes.")
    }

    var passkey: String { say("Passkey", "Clé d’accès") }
    var passkeys: String { say("Passkeys", "Clés d’accès") }
    var passkeysText: String {
        say(
            "A passkey signs you in by your fingerprint, face or PIN. It cannot be guessed, and no other site can ask for it.",
            "Une clé d’accès vous connecte par votre empreinte, votre visage ou un code PIN. Elle ne peut être devinée, et aucun autre site ne peut la demander.")
    }
    var noPasskeys: String { say("You have none yet.", "Vous n’en avez pas encore.") }
    var addPasskey: String { say("Add a passkey", "Ajouter une clé d’accès") }
    var signInWithPasskey: String { say("Sign in with a passkey", "Se connecter avec une clé d’accès") }
    var confirmWithPasskey: String { say("Confirm with a passkey", "Confirmer avec une clé d’accès") }
    var passkeyInstead: String { say("Use a passkey instead of a password", "Utiliser une clé d’accès au lieu d’un mot de passe") }
    var passkeyRefused: String { say("This passkey was not accepted. Please try again.", "Cette clé d’accès n’a pas été acceptée. Veuillez réessayer.") }
    var passkeyFailed: String { say("The browser gave no passkey. Please try again.", "Le navigateur n’a pas donné de clé d’accès. Veuillez réessayer.") }
    var passkeyIsKnown: String { say("This passkey is here already.", "Cette clé d’accès est déjà ici.") }
    var tooManyPasskeys: String { say("Twenty are enough. Remove one first.", "Vingt suffisent. Supprimez-en une d’abord.") }
    var lastWayIn: String {
        say("Without it you could not sign in any more. Set a password first.", "Sans elle vous ne pourriez plus vous connecter. Choisissez d’abord un mot de passe.")
    }
    var passkeysNeedScript: String { say("Passkeys need script.", "Les clés d’accès ont besoin de script.") }
    var noPasskeysHere: String {
        say(
            """
            Passkeys are made for a name, and this page was opened by an address. On the machine itself open it as http://localhost instead of \
            127.0.0.1; elsewhere give Homeline a name and TLS, and say so in http.public-url.
            """,
            """
            Une clé d’accès est faite pour un nom, et cette page a été ouverte par une adresse. Sur la machine même, ouvrez-la par http://localhost \
            au lieu de 127.0.0.1 ; ailleurs, donnez à Homeline un nom et TLS, et dites-le dans http.public-url.
            """)
    }

    func madeOn(_ day: String) -> String { say("made \(day)", "faite le \(day)") }
    func lastUsed(_ day: String) -> String { say("last used \(day)", "utilisée le \(day)") }
    var neverUsed: String { say("never used", "jamais utilisée") }

    var codes: String { say("Codes of an app", "Codes d’une application") }
    var code: String { say("Code", "Code") }
    var codeOfApp: String { say("The code that the app shows now", "Le code que l’application montre maintenant") }
    var codeWanted: String {
        say("Now the code of your app, or a recovery code.", "Maintenant le code de votre application, ou un code de secours.")
    }
    var wrongCode: String { say("This code is wrong, or was used already.", "Ce code est faux, ou il a déjà servi.") }
    var codesExplained: String {
        say(
            "After the password you are asked for a code that an app on your phone makes anew every half a minute. Who learns your password has no code.",
            "Après le mot de passe, un code vous est demandé qu’une application de votre téléphone renouvelle chaque demi-minute. Qui apprend votre mot de passe n’a pas de code.")
    }
    var codesText: String {
        say("Scan this with your authenticator app, or put the key into it. Then type the code that it shows.", "Scannez ceci avec votre application d’authentification, ou mettez-y la clé. Puis tapez le code qu’elle montre.")
    }
    var openApp: String { say("Open in an app on this device", "Ouvrir dans une application de cet appareil") }
    var turnCodesOn: String { say("Turn on", "Activer") }
    var turnCodesOff: String { say("Turn off", "Désactiver") }
    var codesAreOn: String { say("You are asked for a code after your password.", "Un code vous est demandé après votre mot de passe.") }
    var recoveryCodesText: String {
        say(
            "When the phone is gone each of these signs you in once. Write them down: they are shown now and never again.",
            "Quand le téléphone n’est plus là, chacun de ceux-ci vous connecte une fois. Notez-les : ils sont montrés maintenant et plus jamais.")
    }
    func recoveryCodesLeft(_ count: Int) -> String { say("Recovery codes left: \(count).", "Codes de secours restants : \(count).") }
    var makeRecoveryCodes: String { say("Make new recovery codes", "Faire de nouveaux codes de secours") }

    var browsers: String { say("Where you are signed in", "Où vous êtes connecté") }
    var browsersText: String {
        say("End what you do not know, and change your password then.", "Terminez ce que vous ne connaissez pas, et changez alors de mot de passe.")
    }
    var thisBrowser: String { say("this one", "celui-ci") }
    var unknownBrowser: String { say("An unknown browser", "Un navigateur inconnu") }
    var end: String { say("End", "Terminer") }
    var endOthers: String { say("End all others", "Terminer tous les autres") }
    var thisMachine: String { say("this machine", "cette machine") }
    var ownNetwork: String { say("a network of your own", "un réseau à vous") }
    var internet: String { say("the internet", "l’internet") }
    var unknownPlace: String { say("an unknown place", "un lieu inconnu") }
    func since(_ day: String) -> String { say("since \(day)", "depuis \(day)") }
    func lastSeen(_ day: String) -> String { say("last seen \(day)", "vu \(day)") }
}
