import HTTPStack

/// Where an authority takes what (RFC 8555 §7.1.1).
struct DirectoryDocument: Hashable, Sendable {
    let newNonce: WebURL
    let newAccount: WebURL
    let newOrder: WebURL
    /// What one agrees to.
    let terms: String?
    let wantsExternalAccount: Bool

    init(_ json: JSON) throws(Misshapen) {
        newNonce = try json.url("newNonce")
        newAccount = try json.url("newAccount")
        newOrder = try json.url("newOrder")
        terms = json["meta"]?["termsOfService"]?.text
        wantsExternalAccount = json["meta"]?["externalAccountRequired"] == true
    }
}
