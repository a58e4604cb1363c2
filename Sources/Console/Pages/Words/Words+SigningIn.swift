// What is said to those who come in, and of what is their own.
extension Words {
    var signIn: String { say("Sign in", "Se connecter") }
    var signOut: String { say("Sign out", "Se déconnecter") }
    var signedOut: String { say("You are signed out.", "Vous êtes déconnecté.") }
    var password: String { say("Password", "Mot de passe") }
    var passwordAgain: String { say("The same again", "Le même encore une fois") }
    var newPassword: String { say("New password", "Nouveau mot de passe") }
    var oldPassword: String { say("Password so far", "Mot de passe actuel") }
    var timeZone: String { say("Time zone", "Fuseau horaire") }
    var welcome: String { say("Welcome", "Bienvenue") }
    var welcomeText: String {
        say("Choose the name and the password that you will sign in with.", "Choisissez le nom et le mot de passe avec lesquels vous vous connecterez.")
    }
    var choosePassword: String { say("Start", "Commencer") }
    var wrongPassword: String { say("The name or the password is wrong.", "Le nom ou le mot de passe est faux.") }
    var shortPassword: String { say("At least 10 characters.", "Au moins 10 caractères.") }
    var differentPasswords: String { say("The two are not the same.", "Les deux ne sont pas identiques.") }
    var unknownTimeZone: String {
        say("There is no such time zone; Europe/Zurich is one.", "Ce fuseau horaire n’existe pas ; Europe/Zurich en est un.")
    }
    var badName: String {
        say("Small letters, digits, - and _, a letter first, at most 40.", "Des minuscules, des chiffres, - et _, d’abord une lettre, 40 au plus.")
    }
    var accountIsThere: String {
        say(
            "Somebody of this name signs in here already. For a new password: homeline console link --person NAME.",
            "Quelqu’un de ce nom se connecte déjà ici. Pour un nouveau mot de passe : homeline console link --person NOM.")
    }
    var personIsThere: String {
        say(
            "Somebody of this name has apps here already. For a link of their own: homeline console link --person NAME --role member.",
            "Quelqu’un de ce nom a déjà des applications ici. Pour un lien à son nom : homeline console link --person NOM --role member.")
    }
    var linkIsUsed: String {
        say(
            "This link was used already, or has expired. Ask for a new one: homeline console link.",
            "Ce lien a déjà servi, ou il a expiré. Demandez-en un autre : homeline console link.")
    }

    func waitAfterGuesses(_ seconds: Int) -> String {
        say("Too many wrong passwords. Wait \(seconds) seconds.", "Trop de mots de passe faux. Attendez \(seconds) secondes.")
    }
}
