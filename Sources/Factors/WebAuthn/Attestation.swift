import Wire

/// What a browser hands over with a new key (WebAuthn §6.5, attestation object).
public struct Attestation: Hashable, Sendable {
    /// The format of the statement, which says who made the authenticator. We ask for `none`, and build upon no other.
    public let format: String
    public let authenticator: AuthenticatorData

    public init(decoding octets: [UInt8]) throws(DecodeError) {
        let value = try CBOR(decoding: octets)
        guard let format = value[.text("fmt")]?.text, case .map(let statement)? = value[.text("attStmt")], let data = value[.text("authData")]?.octets else {
            throw DecodeError("attestationObject", at: 0, .invalid("fmt, attStmt and authData expected"))
        }
        guard format != "none" || statement.isEmpty else { throw DecodeError("attStmt", at: 0, .invalid("nothing may be stated with 'none'")) }
        self.format = format
        do { authenticator = try AuthenticatorData(decoding: data) } catch { throw error.inside("authData") }
    }
}
