/// A header field name, compared without case; the compact form is the same name (RFC 3261 §7.3.1, §7.3.3).
public struct HeaderName: Hashable, Sendable, CustomStringConvertible {
    /// Set for the names this module knows; then the text is canonical and not compared.
    let known: Known?
    private let text: String

    init(_ known: Known) {
        self.known = known
        self.text = ""
    }

    /// Any spelling, long or compact. Nil unless it is a token.
    public init?(_ spelling: String) {
        guard !spelling.isEmpty, spelling.utf8.allSatisfy(Grammar.isToken) else { return nil }
        self.init(token: spelling)
    }

    init(token spelling: String) {
        known = spelling.utf8.count <= NameTable.longest ? NameTable.shared[NameTable.key(spelling.utf8)] : nil
        text = known == nil ? spelling : ""
    }

    public var description: String { known?.spelling ?? text }

    public static func == (one: HeaderName, other: HeaderName) -> Bool {
        one.known == other.known && (one.known != nil || Grammar.equalIgnoringCase(one.text, other.text))
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(known)
        if known == nil { hasher.combine(text.lowercased()) }
    }
}

extension HeaderName {
    /// The names found by table; a new one is a line here and a line in `HeaderName+Names.swift`.
    enum Known: UInt8, CaseIterable {
        case accept, acceptContact, acceptEncoding, acceptLanguage, alertInfo, allow, allowEvents, authenticationInfo, authorization
        case callID, callInfo, contact, contentDisposition, contentEncoding, contentLanguage, contentLength, contentType, cseq
        case date, errorInfo, event, expires, from, inReplyTo, maxForwards, mimeVersion, minExpires, organization
        case pAssertedIdentity, path, pPreferredIdentity, priority, privacy, proxyAuthenticate, proxyAuthorization, proxyRequire
        case reason, recordRoute, referTo, referredBy, replaces, replyTo, require, retryAfter, route
        case server, serviceRoute, sessionExpires, sipETag, sipIfMatch, subject, subscriptionState, supported
        case timestamp, to, unsupported, userAgent, via, warning, wwwAuthenticate

        /// Canonical spelling and, where there is one, the compact form.
        private var forms: (String, String) {
            switch self {
            case .accept: ("Accept", "")
            case .acceptContact: ("Accept-Contact", "a")
            case .acceptEncoding: ("Accept-Encoding", "")
            case .acceptLanguage: ("Accept-Language", "")
            case .alertInfo: ("Alert-Info", "")
            case .allow: ("Allow", "")
            case .allowEvents: ("Allow-Events", "u")
            case .authenticationInfo: ("Authentication-Info", "")
            case .authorization: ("Authorization", "")
            case .callID: ("Call-ID", "i")
            case .callInfo: ("Call-Info", "")
            case .contact: ("Contact", "m")
            case .contentDisposition: ("Content-Disposition", "")
            case .contentEncoding: ("Content-Encoding", "e")
            case .contentLanguage: ("Content-Language", "")
            case .contentLength: ("Content-Length", "l")
            case .contentType: ("Content-Type", "c")
            case .cseq: ("CSeq", "")
            case .date: ("Date", "")
            case .errorInfo: ("Error-Info", "")
            case .event: ("Event", "o")
            case .expires: ("Expires", "")
            case .from: ("From", "f")
            case .inReplyTo: ("In-Reply-To", "")
            case .maxForwards: ("Max-Forwards", "")
            case .mimeVersion: ("MIME-Version", "")
            case .minExpires: ("Min-Expires", "")
            case .organization: ("Organization", "")
            case .pAssertedIdentity: ("P-Asserted-Identity", "")
            case .path: ("Path", "")
            case .pPreferredIdentity: ("P-Preferred-Identity", "")
            case .priority: ("Priority", "")
            case .privacy: ("Privacy", "")
            case .proxyAuthenticate: ("Proxy-Authenticate", "")
            case .proxyAuthorization: ("Proxy-Authorization", "")
            case .proxyRequire: ("Proxy-Require", "")
            case .reason: ("Reason", "")
            case .recordRoute: ("Record-Route", "")
            case .referTo: ("Refer-To", "r")
            case .referredBy: ("Referred-By", "b")
            case .replaces: ("Replaces", "")
            case .replyTo: ("Reply-To", "")
            case .require: ("Require", "")
            case .retryAfter: ("Retry-After", "")
            case .route: ("Route", "")
            case .server: ("Server", "")
            case .serviceRoute: ("Service-Route", "")
            case .sessionExpires: ("Session-Expires", "x")
            case .sipETag: ("SIP-ETag", "")
            case .sipIfMatch: ("SIP-If-Match", "")
            case .subject: ("Subject", "s")
            case .subscriptionState: ("Subscription-State", "")
            case .supported: ("Supported", "k")
            case .timestamp: ("Timestamp", "")
            case .to: ("To", "t")
            case .unsupported: ("Unsupported", "")
            case .userAgent: ("User-Agent", "")
            case .via: ("Via", "v")
            case .warning: ("Warning", "")
            case .wwwAuthenticate: ("WWW-Authenticate", "")
            }
        }

        var spelling: String { forms.0 }
        var compactForm: String? { forms.1.isEmpty ? nil : forms.1 }

        /// Whether commas outside quotes and angle brackets separate values (RFC 3261 §7.3.1).
        var isList: Bool {
            switch self {
            case .accept, .acceptContact, .acceptEncoding, .acceptLanguage, .alertInfo, .allow, .allowEvents, .callInfo, .contact,
                 .contentEncoding, .contentLanguage, .errorInfo, .inReplyTo, .pAssertedIdentity, .path, .pPreferredIdentity, .proxyRequire,
                 .reason, .recordRoute, .require, .route, .serviceRoute, .supported, .unsupported, .via, .warning:
                true
            case .authenticationInfo, .authorization, .callID, .contentDisposition, .contentLength, .contentType, .cseq, .date, .event,
                 .expires, .from, .maxForwards, .mimeVersion, .minExpires, .organization, .priority, .privacy, .proxyAuthenticate,
                 .proxyAuthorization, .referTo, .referredBy, .replaces, .replyTo, .retryAfter, .server, .sessionExpires, .sipETag,
                 .sipIfMatch, .subject, .subscriptionState, .timestamp, .to, .userAgent, .wwwAuthenticate:
                false
            }
        }
    }
}
