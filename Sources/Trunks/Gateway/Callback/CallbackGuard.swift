import Exchange
import HTTPStack
import Telephony

/// Admits a gateway that calls us, and nobody else.
struct CallbackGuard: Sendable {
    /// What the proof needs of the settings.
    enum Key: Sendable {
        case secret(KnownSecret, user: String?)
        case twilio(TwilioSignature)
        case telnyx(TelnyxSignature)
        case vonage(VonageSignature)
    }

    let proof: Proof
    let key: Key
    /// Under which we are reached, without a slash at the end; it is part of what Twilio signs.
    let base: String?
    let mint: Mint
    private let guesses: SecretGuard

    init(_ proof: Proof, key: Key, base: String?, mint: Mint) {
        self.proof = proof
        self.key = key
        self.base = base
        self.mint = mint
        guesses = SecretGuard(mint: mint)
    }

    /// Nil for the gateway; else how a stranger is refused.
    func refusal(of request: Request) -> Problem? {
        switch guesses.judge(isRight(request), from: request.source) {
        case .right: nil
        case .wrong(let wait?): Problem(429, "rate_limited", "Too many wrong secrets from here", retryAfter: wait)
        // A path with a wrong secret is a path that is not there.
        case .wrong(nil): proof == .path ? Problem.notFound("There is nothing at this path") : Problem(401, "unauthorized", "This is for the gateway")
        }
    }

    /// Nil where nothing was said that could be wrong.
    private func isRight(_ request: Request) -> Bool? {
        switch key {
        case .secret(let secret, let user): Self.said(proof, user, in: request).map(secret.equals)
        case .twilio(let signature):
            request.header("X-Twilio-Signature").map { said in
                // Twilio signs forms: what is none was never signed.
                guard let base, let form = try? CallbackDocument.body(of: request) else { return false }
                let address = base + request.path + (request.query.isEmpty ? "" : "?\(request.query)")
                return signature.isRight(said, address: address, form: Self.fields(form))
            }
        case .telnyx(let signature):
            request.header("telnyx-signature-ed25519").map { said in
                signature.isRight(said, time: request.header("telnyx-timestamp") ?? "", body: request.body, now: mint.now())
            }
        case .vonage(let signature): signature.isRight(Self.signedFields(request), now: mint.now())
        }
    }

    private static func said(_ proof: Proof, _ user: String?, in request: Request) -> String? {
        switch proof {
        case .path: request.parameter("secret")
        // Beside a JSON body there is no form but the query.
        case .query(let name): (try? CallbackDocument(request))?.form[name] ?? (try? Form(query: request.query))?[name]
        case .header(let name): request.header(name)
        case .bearer: SecretGuard.bearer(request.header("Authorization"))
        case .basic: password(in: request.header("Authorization"), of: user)
        case .twilio, .telnyx, .vonage: nil
        }
    }

    /// The part behind the colon of a basic login, where the part before it is the user.
    private static func password(in authorization: String?, of user: String?) -> String? {
        guard let words = authorization?.split(separator: " "), words.count == 2, words[0].lowercased() == "basic",
            let login = octets(base64: String(words[1])).map({ String(decoding: $0, as: UTF8.self) }), let colon = login.firstIndex(of: ":"),
            user.map({ $0 == login[..<colon] }) ?? true
        else { return nil }
        return String(login[colon...].dropFirst())
    }

    /// Vonage signs a JSON body's members, too.
    private static func signedFields(_ request: Request) -> [(name: String, value: String)] {
        guard let document = try? CallbackDocument(request), case .object(let members) = document.json else { return [] }
        return members.compactMap { member in JSONPath(name: member.name).text(in: document.json).map { (member.name, $0) } }
    }

    private static func fields(_ form: Form) -> [(name: String, value: String)] { form.fields.map { ($0.name, $0.text) } }
}
