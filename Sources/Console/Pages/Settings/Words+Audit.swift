import Telephony

extension Words {
    /// What an entry of the audit log tells.
    func sentence(_ act: AuditEntry.Act) -> String {
        switch act {
        case .signedIn: say("Signed in", "Connexion")
        case .signInRefused: say("Name or password refused", "Nom ou mot de passe refusé")
        case .signedOut: say("Signed out", "Déconnexion")
        case .browserEnded: say("A browser was signed out", "Un navigateur a été déconnecté")
        case .confirmed: say("Confirmed to be the person", "Identité confirmée")
        case .confirmationRefused: say("Confirmation refused", "Confirmation refusée")
        case .invitationMade: say("A link to sign up was made", "Un lien d’inscription a été fait")
        case .accountMade: say("An account was made or renewed", "Un compte a été créé ou renouvelé")
        case .accountRemoved: say("An account was removed", "Un compte a été supprimé")
        case .passwordChanged: say("The password was changed", "Le mot de passe a été changé")
        case .codesTurnedOn: say("Codes were turned on", "Les codes ont été activés")
        case .codesTurnedOff: say("Codes were turned off", "Les codes ont été désactivés")
        case .codeRefused: say("A code was refused", "Un code a été refusé")
        case .recoveryCodesMade: say("New recovery codes were made", "De nouveaux codes de secours ont été faits")
        case .recoveryCodeUsed: say("A recovery code was used", "Un code de secours a été utilisé")
        case .passkeyAdded: say("A passkey was added", "Une clé d’accès a été ajoutée")
        case .passkeyRenamed: say("A passkey was renamed", "Une clé d’accès a été renommée")
        case .passkeyRemoved: say("A passkey was removed", "Une clé d’accès a été supprimée")
        case .passkeyRefused: say("A passkey was refused", "Une clé d’accès a été refusée")
        case .tokenMade: say("An API token was made", "Un jeton de l’API a été fait")
        case .tokenRevoked: say("An API token was revoked", "Un jeton de l’API a été révoqué")
        default: sentenceOfHouse(act)
        }
    }

    private func sentenceOfHouse(_ act: AuditEntry.Act) -> String {
        switch act {
        case .personAdded: say("A person was added", "Une personne a été ajoutée")
        case .personChanged: say("A person was changed", "Une personne a été modifiée")
        case .personRemoved: say("A person was removed", "Une personne a été supprimée")
        case .deviceRemoved: say("A device was removed", "Un appareil a été supprimé")
        case .provisioningLinkMade: say("A link for an app was made", "Un lien pour une application a été fait")
        case .lineAdded: say("A line was added", "Une ligne a été ajoutée")
        case .lineChanged: say("A line was changed", "Une ligne a été modifiée")
        case .lineRemoved: say("A line was removed", "Une ligne a été supprimée")
        case .lineRestarted: say("A line was restarted", "Une ligne a été redémarrée")
        case .pinEntered: say("A PIN was entered", "Un code PIN a été entré")
        case .ussdSent: say("A USSD request was sent", "Une requête USSD a été envoyée")
        case .troubleSettled: say("Something in a queue was settled", "Quelque chose dans une file a été réglé")
        case .configurationChanged: say("The configuration was changed", "La configuration a été modifiée")
        case .exposureChanged: say("It was changed who sees these pages", "Qui voit ces pages a été changé")
        case .certificateChanged: say("The certificate was changed", "Le certificat a été changé")
        case .tunnelChanged: say("The tunnel for phones was changed", "Le tunnel des téléphones a été changé")
        case .restarted: say("Homeline was restarted", "Homeline a été redémarré")
        case .backupTaken: say("A backup was taken", "Une sauvegarde a été faite")
        case .backupDownloaded: say("A backup was downloaded", "Une sauvegarde a été téléchargée")
        case .restored: say("A backup was restored", "Une sauvegarde a été restaurée")
        case .exported: say("Messages were exported", "Des messages ont été exportés")
        case .imported: say("Messages were imported", "Des messages ont été importés")
        case .retentionChanged: say("It was changed how long messages are kept", "La durée de conservation des messages a été changée")
        case .supportBundleTaken: say("A support bundle was taken", "Un dossier d’assistance a été fait")
        case .contactsImported: say("Contacts were imported", "Des contacts ont été importés")
        case .contactsExported: say("Contacts were exported", "Des contacts ont été exportés")
        case .addressBlocked: say("Somebody was blocked", "Quelqu’un a été bloqué")
        case .addressUnblocked: say("Somebody was unblocked", "Quelqu’un a été débloqué")
        case .messagesDeleted: say("Messages were deleted", "Des messages ont été supprimés")
        default: act.rawValue
        }
    }
}
