// What stands in the form of each kind of line.
extension Words {
    var numberElsewhere: String { say("A number at a provider, or a gateway with the SIM", "Un numéro chez un fournisseur, ou une passerelle avec la SIM") }
    var numberElsewhereText: String {
        say("Rented numbers: they call this machine when a text comes in, so they need its address on the internet.", "Numéros loués : ils appellent cette machine quand un SMS arrive ; il leur faut son adresse sur Internet.")
    }
    var gatewaysText: String { say("Gateways and appliances in your own network:", "Passerelles et appareils de votre propre réseau :") }
    var callbackText: String {
        say(
            "Have it call this address when something comes in, with the line’s name for NAME and the callback secret for SECRET:",
            "Faites-lui appeler cette adresse quand un message arrive, avec le nom de la ligne pour NAME et le secret de rappel pour SECRET :")
    }

    /// Their makers' names, which are the same in every language.
    func name(of holder: LineHolder) -> String {
        switch holder {
        case .modem: say("A modem", "Un modem")
        case .hilink: say("A router", "Un routeur")
        case .smsGate: "SMS Gate"
        case .fossify: "Fossify Messages"
        case .httpsms: "httpSMS"
        case .twilio: "Twilio"
        case .telnyx: "Telnyx"
        case .voipms: "VoIP.ms"
        case .vonage: "Vonage"
        case .kannel: "Kannel"
        case .smseagle: "SMSEagle"
        case .nowsms: "NowSMS"
        case .yeastar: "Yeastar TG"
        }
    }

    func text(of holder: LineHolder) -> String {
        switch holder {
        case .modem: say("Give the line a name; the rest is for those who need it.", "Donnez un nom à la ligne ; le reste est facultatif.")
        case .hilink: say("Log out of the router’s page first: most let in one at a time.", "Déconnectez-vous d’abord de la page du routeur : la plupart n’admettent qu’une personne.")
        case .smsGate: say("The app shows these on its first page, and the signing key under Settings, Webhooks.", "L’application les affiche sur sa première page, et la clé de signature sous Settings, Webhooks.")
        case .fossify: say("Type the address and the API token of the app here, and the webhook token below into the app.", "Saisissez ici l’adresse et le jeton API de l’application, et le jeton de webhook ci-dessous dans l’application.")
        case .httpsms: say("The API key is in the account’s settings. Make a webhook there with the signing key below.", "La clé API est dans les réglages du compte. Créez-y un webhook avec la clé de signature ci-dessous.")
        case .twilio: say("Account SID and auth token are on the first page of Twilio’s console.", "Account SID et auth token sont sur la première page de la console Twilio.")
        case .telnyx: say("API key and public key are under API keys in Telnyx’s portal.", "La clé API et la clé publique sont sous API keys dans le portail Telnyx.")
        case .voipms: say("Turn the API on at VoIP.ms, with a password of its own and this machine’s address.", "Activez l’API chez VoIP.ms, avec un mot de passe propre et l’adresse de cette machine.")
        case .vonage: say("API key, API secret and signature secret are in Vonage’s dashboard; choose signed webhooks with SHA-256 HMAC.", "Clé API, secret API et secret de signature sont dans le tableau de bord Vonage ; choisissez les webhooks signés SHA-256 HMAC.")
        case .kannel: say("A sendsms-user of Kannel’s smsbox, and a sms-service with the address below as get-url.", "Un sendsms-user du smsbox de Kannel, et un sms-service avec l’adresse ci-dessous comme get-url.")
        case .smseagle: say("An access token of the appliance (Users, Access to API), and its plugin Callback URL.", "Un jeton d’accès de l’appareil (Users, Access to API), et son module Callback URL.")
        case .nowsms: say("An account under SMS Users, and under 2-Way a command with the address below.", "Un compte sous SMS Users, et sous 2-Way une commande avec l’adresse ci-dessous.")
        case .yeastar: say("Turn the API on in the gateway (SMS, API Settings), with this machine among the permitted addresses.", "Activez l’API de la passerelle (SMS, API Settings), avec cette machine parmi les adresses admises.")
        }
    }

    func label(of field: String, for holder: LineHolder) -> String {
        switch (holder, field) {
        case (.twilio, "user"): "Account SID"
        case (.twilio, "secret"): "Auth token"
        case (.telnyx, "secret"): say("API key", "Clé API")
        case (.telnyx, "public-key"): say("Public key of its signatures", "Clé publique de ses signatures")
        case (.voipms, "user"): say("E-mail of the account", "Adresse e-mail du compte")
        case (.voipms, "secret"): say("API password", "Mot de passe de l’API")
        case (.voipms, "poll-every"): say("Ask for texts every (60s), instead of being called", "Demander les SMS toutes les (60s), au lieu d’être appelé")
        case (.vonage, "user"): say("API key", "Clé API")
        case (.vonage, "secret"): say("API secret", "Secret API")
        case (.vonage, "callback-secret"): say("Signature secret", "Secret de signature")
        case (.smseagle, "secret"): say("Access token", "Jeton d’accès")
        case (.smseagle, "callback-secret"): say("API key of its callback", "Clé API de son rappel")
        case (.nowsms, "from"): say("Sender to ask for, where it may choose", "Expéditeur à demander, s’il peut choisir")
        case (.httpsms, "url"): say("Its server, where that is your own", "Son serveur, si c’est le vôtre")
        default: label(of: field)
        }
    }

    func label(of field: String) -> String {
        switch field {
        case "name": say("Name of the line", "Nom de la ligne")
        case "device": say("Device", "Appareil")
        case "url": say("Address", "Adresse")
        case "host": say("Name or address of the gateway", "Nom ou adresse de la passerelle")
        case "sim-port": say("Which of its ports the SIM is in (1 for the first)", "Dans lequel de ses ports est la SIM (1 pour le premier)")
        case "number": say("Its own number, where the SIM does not know it", "Son numéro, si la SIM ne le connaît pas")
        case "phone": say("The phone’s own number", "Le numéro du téléphone")
        case "from": say("The number there", "Le numéro là-bas")
        case "pin": say("PIN of the SIM", "PIN de la SIM")
        case "user": say("User", "Utilisateur")
        case "password", "secret": password
        case "api-key": say("API key", "Clé API")
        case "api-token": say("API token of the app", "Jeton API de l’application")
        case "webhook-token": say("Webhook token, for the app", "Jeton de webhook, pour l’application")
        case "signing-key": say("Signing key of the webhooks", "Clé de signature des webhooks")
        case "callback-secret": say("Callback secret", "Secret de rappel")
        case "callback-url": say("Our own address, as it reaches us", "Notre adresse, par où il nous atteint")
        case "pictures": say("Pictures too", "Aussi les images")
        case "sim": say("Which SIM, where it has two (1 or 2)", "Quelle SIM, s’il y en a deux (1 ou 2)")
        default: field
        }
    }

    func hint(of field: String, for holder: LineHolder) -> String? {
        switch field {
        case "name": say("For example home; it stands beside messages.", "Par exemple home ; il figure à côté des messages.")
        case "number", "phone": say("With + and the country’s code.", "Avec + et l’indicatif du pays.")
        case "from" where holder != .nowsms: say("With + and the country’s code.", "Avec + et l’indicatif du pays.")
        case "callback-url": say("Left empty, that of these pages (http.public-url).", "Laissé vide, celle de ces pages (http.public-url).")
        case "callback-secret" where holder != .vonage: say("Of our making; whoever calls without it is not heard.", "Fait par nous ; qui appelle sans lui n’est pas entendu.")
        default: nil
        }
    }
}
