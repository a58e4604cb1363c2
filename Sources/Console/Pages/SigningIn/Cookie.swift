import HTTPStack

public typealias Transport = Request.Transport

/// The cookies of the Console (RFC 6265).
enum Cookie: String {
    /// Whose browser it is.
    case signIn = "homeline"
    /// Proves that a form of a page before signing in was ours.
    case form = "homeline-form"
    /// Shows that somebody signed in with this browser before.
    case known = "homeline-known"

    /// Over TLS with the prefix that no page without TLS, and no neighbouring name, can set (RFC 6265bis §4.1.3.2).
    private func name(over transport: Transport) -> String { transport == .encrypted ? "__Host-\(rawValue)" : rawValue }

    /// Its value among those that a browser sends.
    func value(in header: String?, over transport: Transport) -> String? {
        let name = name(over: transport)
        for pair in (header ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
            return parts[1].utf8.count <= 128 ? String(parts[1]) : nil
        }
        return nil
    }

    /// A Set-Cookie field. No script reads it, and other sites' requests come without it, but for following a link to us.
    func field(_ value: String, seconds: Int, over transport: Transport) -> String {
        let secure = transport == .encrypted ? "; Secure" : ""
        return "\(name(over: transport))=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)"
    }
}
