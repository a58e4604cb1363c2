import Factors
import HTTPStack
import Wire

/// What a browser brings of a passkey, as `passkeys.js` fills it into a form: octets in base64url.
struct PasskeyAnswer: Sendable {
    /// The fields that wait for it.
    static let fields = ["id", "client", "attestation", "authenticator", "signature", "handle"]

    private let values: [String: [UInt8]]

    /// Nil where a field is no base64url.
    init?(_ form: Form) {
        var values: [String: [UInt8]] = [:]
        for name in Self.fields {
            guard let text = form[name], !text.isEmpty else { continue }
            guard let octets = Base64URL.decode(text) else { return nil }
            values[name] = octets
        }
        self.values = values
    }

    var attestation: [UInt8]? { values["attestation"] }

    func clientData() throws(CeremonyError) -> ClientData {
        guard let octets = values["client"] else { throw .malformed }
        return try ClientData(decoding: octets)
    }

    func assertion() throws(CeremonyError) -> RelyingParty.Assertion {
        guard let id = values["id"], let authenticator = values["authenticator"], let signature = values["signature"] else { throw .malformed }
        return RelyingParty.Assertion(
            id: id, client: try clientData(), authenticatorData: authenticator, signature: signature, handle: values["handle"])
    }
}

extension ClientData {
    /// From the JSON of a browser, which may say more than we know (WebAuthn §5.8.1).
    init(decoding octets: [UInt8]) throws(CeremonyError) {
        guard octets.count <= 4096, let document = try? JSON(decoding: octets), let type = document["type"]?.text, let origin = document["origin"]?.text,
            let challenge = document["challenge"]?.text.flatMap(Base64URL.decode)
        else { throw .malformed }
        let isSame: Bool
        switch document["crossOrigin"] {
        case nil, .bool(false)?: isSame = true
        default: isSame = false
        }
        self.init(type: type, challenge: challenge, origin: origin, isCrossOrigin: !isSame, octets: octets)
    }
}

extension RelyingParty {
    /// The site that a request was for; nil where passkeys cannot be had, because it has no name that a passkey could be for.
    ///
    /// - Parameter url: under which the listener is reached from outside.
    init?(_ request: Request, url: WebURL?, over transport: Transport) {
        let host = request.header("Host")?.lowercased() ?? ""
        // A proxy may call us localhost while browsers call it by its name.
        if request.transport == nil, host == "localhost" || host.hasPrefix("localhost:") {
            self.init(id: "localhost", origin: "\(transport == .encrypted ? "https" : "http")://\(host)")
            return
        }
        guard let url, IPAddress(url.host) == nil, url.scheme == .https || url.host == "localhost" else { return nil }
        let origin = url.description.dropLast(url.target.count)
        self.init(id: url.host, origin: String(origin))
    }
}
