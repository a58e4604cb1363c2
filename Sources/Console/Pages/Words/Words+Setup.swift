// What stands on the pages of the first run.
extension Words {
    var setUp: String { say("Set up", "Installation") }
    var nextStep: String { say("Go on", "Continuer") }
    var chooseOne: String { say("Choose…", "Choisissez…") }
    var isNeeded: String { say("This is needed.", "Ce champ est nécessaire.") }
    var skipIt: String { say("Skip this", "Passer") }
    var finished: String { say("Done", "Terminé") }

    var stepYou: String { say("You", "Vous") }
    var stepPlace: String { say("Country and address", "Pays et adresse") }
    var stepLine: String { say("Line", "Ligne") }
    var stepStart: String { say("Start", "Démarrage") }
    var stepTest: String { say("Test", "Essai") }
    var stepApp: String { say("Your app", "Votre application") }

    var setUpText: String {
        say(
            "A few minutes, six steps. Everything is kept as you go: close this page whenever you like and come back to it.",
            "Quelques minutes, six étapes. Tout est enregistré au fur et à mesure : fermez cette page quand vous voulez et revenez-y.")
    }
    var zoneHint: String { say("The times of your messages are shown in it, for example Europe/Zurich.", "Les heures de vos messages y sont affichées, par exemple Europe/Zurich.") }

    var homeCountry: String { say("Country of the SIM", "Pays de la SIM") }
    var homeCountryHint: String { say("How numbers without + are read, as on a phone with this SIM.", "Comment les numéros sans + sont lus, comme sur un téléphone avec cette SIM.") }
    var chooseCountry: String { say("Choose a country of the list.", "Choisissez un pays de la liste.") }
    var sipAddress: String { say("This machine’s name or address", "Nom ou adresse de cette machine") }
    var sipAddressHint: String {
        say(
            "Apps on phones connect to it, and it stands behind the @ of the accounts. At home the address in your network will do; keep it the same in your router. From outside you need a name that leads here.",
            "Les applications des téléphones s’y connectent, et elle figure derrière le @ des comptes. À la maison, l’adresse dans votre réseau suffit ; gardez-la fixe dans votre routeur. De l’extérieur, il faut un nom qui mène ici.")
    }
    var badDomain: String { say("A name or an address, such as 192.168.1.5 or sms.example.org.", "Un nom ou une adresse, par exemple 192.168.1.5 ou sms.example.org.") }
    var openPages: String { say("Other devices of my network may open these pages", "Les autres appareils de mon réseau peuvent ouvrir ces pages") }
    var openPagesHint: String {
        say(
            "A phone needs it to set itself up by a code. What passes is not encrypted, so choose it for a network of your own only.",
            "Un téléphone en a besoin pour se configurer avec un code. Rien n’est chiffré : seulement pour un réseau à vous.")
    }

    var takenBack: String {
        say(
            "Homeline could not begin with the last changes. They are taken back, and kept in a file beside the configuration.",
            "Homeline n’a pas pu démarrer avec les dernières modifications. Elles sont annulées et conservées dans un fichier à côté de la configuration.")
    }
    var startText: String { say("Everything is written down. Homeline now begins with these lines:", "Tout est enregistré. Homeline démarre maintenant avec ces lignes :") }
    var startNow: String { say("Start", "Démarrer") }
    var beginsAnew: String { say("Homeline begins anew. One moment…", "Homeline redémarre. Un instant…") }
    var waitForLine: String {
        say("A modem takes up to a minute to find its network. This page looks by itself.", "Un modem met jusqu’à une minute pour trouver son réseau. Cette page se met à jour seule.")
    }
    var somethingIsWrong: String { say("Something is wrong", "Quelque chose ne va pas") }
    var tryPIN: String { say("Try this PIN", "Essayer ce PIN") }
    var removeLine: String { say("Remove this line and choose again", "Retirer cette ligne et choisir à nouveau") }
    var anotherLine: String { say("Add another line first", "Ajouter d’abord une autre ligne") }

    var testText: String { say("Send a text to the line’s own number: it goes out, through the network, and back in.", "Envoyez un SMS au numéro de la ligne : il sort, traverse le réseau et revient.") }
    var testHint: String {
        say("Or to your other phone, and answer there: the answer shows up here. It costs one text.", "Ou à votre autre téléphone, et répondez-y : la réponse apparaît ici. Cela coûte un SMS.")
    }
    var testMessage: String { say("Homeline says hello.", "Homeline dit bonjour.") }
    var sendTest: String { say("Send the test", "Envoyer l’essai") }
    var arrived: String { say("Arrived here", "Arrivé ici") }
    var notArrivedYet: String { say("It has not come back yet. That takes up to a minute.", "Il n’est pas encore revenu. Cela prend jusqu’à une minute.") }
    var nothingCameBack: String {
        say(
            "Two minutes, and it has not come back: receiving is not shown to work. Look at the line, or try again; other texts do not count here.",
            "Deux minutes, et il n’est pas revenu : rien ne montre que la réception marche. Regardez la ligne, ou réessayez ; d’autres SMS ne comptent pas ici.")
    }
    var neverLeft: String { say("Two minutes, and it has not left. Look at the line.", "Deux minutes, et il n’est pas parti. Regardez la ligne.") }

    var appText: String {
        say("An account for your SIP app, such as Linphone: with it you text and read on your phone.", "Un compte pour votre application SIP, par exemple Linphone : vous y écrivez et lisez depuis votre téléphone.")
    }
    var appNameHint: String { say("Use the name that you sign in with: what you read in the app then is read here too.", "Prenez le nom avec lequel vous vous connectez : ce que vous lisez dans l’application est alors lu ici aussi.") }
    var makeAccount: String { say("Make the account", "Créer le compte") }
    var accountIsMade: String { say("The account is made. Now give it to the app:", "Le compte est créé. Donnez-le maintenant à l’application :") }
    var myPhone: String { say("My phone", "Mon téléphone") }
}
