import HTTPStack
import Telephony

/// An authority's "no", with its reason (RFC 7807, RFC 8555 §6.7).
public struct ProblemDocument: Hashable, Sendable {
    /// `rateLimited`: what stands behind `urn:ietf:params:acme:error:`; the whole type where it is of another family.
    public let type: String
    /// In the authority's own words, made harmless and kept short.
    public let detail: String

    public init(type: String, detail: String) {
        self.type = type
        self.detail = detail
    }

    init(_ json: JSON) {
        let prefix = "urn:ietf:params:acme:error:"
        let type = json["type"]?.text ?? "about:blank"
        self.type = String((type.hasPrefix(prefix) ? String(type.dropFirst(prefix.count)) : type).prefix(100)).harmlessLine
        // A problem that is about several names says what is wrong with each.
        let parts = (json["subproblems"]?.elements ?? []).prefix(10).map { part in
            "\(part["identifier"]?["value"]?.text ?? "?"): \(part["detail"]?.text ?? "?")"
        }
        let whole = ([json["detail"]?.text ?? ""] + parts).filter { !$0.isEmpty }.joined(separator: "; ")
        detail = String(String(whole.prefix(500)).harmlessLine.prefix(500))
    }
}
