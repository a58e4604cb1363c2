import HTTPStack
import Settings
import Telephony

/// Keys that every line through a gateway has.
enum GatewayKeys {
    static let url = webURL("url", "Where the gateway is.", example: "http://10.0.0.7:13013")
    static let callbackURL = webURL(
        "callback-url", "How the gateway reaches this listener, where that is not http.public-url.", example: "http://10.0.0.5:8080")
    static let user = Key.text("user", "The account at the gateway.", example: "AC0123456789abcdef")
    static let secret = secretText("secret-file", "File with the account's secret on its first line.", example: "/etc/homeline/gateway.secret")
    static let from = Key.text("from", "The line's own number, as the gateway is to be told.", example: "\"+12025550100\"")
    static let callbackSecret = secretText(
        "callback-secret-file", "File with the secret that the gateway shows, or signs with, when it calls us.", example: "/etc/homeline/callback.secret")
    static let publicKey = Key.text("public-key", "The key of the gateway's signatures, in Base64.", example: "e5jeIo4ZGZoTJmCYMbJV9XuSRBVDHQJz2VeRUEv3QGk=")
    static let pictures = Key.toggle("pictures", "Send pictures, too, where the gateway takes them.", example: "yes")
    static let mediaHosts = Key.list("media-hosts", "Further servers from which files of messages may be fetched; *.example.com for all below it.", example: "[media.example.com]")
    static let timeout = Key.duration("timeout", "How long the gateway may take to answer.", example: "30s")
    static let atOnce = Key.number("at-once", "How many messages may be sent at the same time.", example: "4", in: 1...64)

    private static func webURL(_ name: String, _ doc: String, example: String) -> Key<WebURL> {
        Key<WebURL>(name, doc, example: example) { node throws(Key<WebURL>.Reason) in
            guard case .scalar(let text) = node.content, let url = WebURL(text), !url.target.contains("?") else {
                throw Key<WebURL>.Reason("an http or https URL expected, without a user name")
            }
            return url
        }
    }

    private static func secretText(_ name: String, _ doc: String, example: String) -> Key<String> {
        Key<String>(name, doc, example: example) { node throws(Key<String>.Reason) in
            guard case .scalar(let path) = node.content else { throw Key<String>.Reason("a file name expected") }
            guard let secret = SecretFile.firstLine(of: path) else { throw Key<String>.Reason("the file \(path) cannot be read") }
            return secret
        }
    }

    /// Octets of a secret that strangers may try to guess.
    static let leastSecret = 16
}

extension Section {
    /// Whether a proof is there for callbacks, and what it is judged by. Throws where it is missing or weak.
    func proofKey(for proof: Proof, secret: String?, callbackSecret: String?, publicKey: String?) throws(SettingsError) -> CallbackGuard.Key? {
        switch proof {
        case .twilio:
            guard let secret = callbackSecret ?? secret else { throw error("secret-file", "missing: signatures are checked with it") }
            return .twilio(TwilioSignature(secret: secret))
        case .telnyx:
            guard let text = publicKey else { return nil }
            guard let signature = TelnyxSignature(publicKey: text) else { throw error("public-key", "32 octets in Base64 expected") }
            return .telnyx(signature)
        case .vonage: return callbackSecret.map { .vonage(VonageSignature(secret: $0)) }
        case .path, .query, .header, .bearer, .basic:
            guard let callbackSecret else { return nil }
            guard callbackSecret.utf8.count >= GatewayKeys.leastSecret else {
                throw error("callback-secret-file", "its secret is shorter than \(GatewayKeys.leastSecret) characters")
            }
            return .secret(KnownSecret(callbackSecret), user: nil)
        }
    }
}
