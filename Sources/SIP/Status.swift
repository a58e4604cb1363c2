/// A status code, 100 to 699 (RFC 3261 §21).
public struct Status: Hashable, Sendable, CustomStringConvertible {
    public let code: Int

    /// Nil outside 100...699.
    public init?(_ code: Int) {
        guard (100...699).contains(code) else { return nil }
        self.code = code
    }

    private init(known code: Int) {
        self.code = code
    }

    public var isProvisional: Bool { code < 200 }
    public var isFinal: Bool { code >= 200 }
    public var isSuccess: Bool { (200..<300).contains(code) }
    public var description: String { "\(code) \(defaultReason)" }

    public static let trying = Status(known: 100)
    public static let ringing = Status(known: 180)
    public static let sessionProgress = Status(known: 183)
    public static let ok = Status(known: 200)
    public static let accepted = Status(known: 202)
    public static let movedPermanently = Status(known: 301)
    public static let movedTemporarily = Status(known: 302)
    public static let badRequest = Status(known: 400)
    public static let unauthorized = Status(known: 401)
    public static let forbidden = Status(known: 403)
    public static let notFound = Status(known: 404)
    public static let methodNotAllowed = Status(known: 405)
    public static let notAcceptable = Status(known: 406)
    public static let proxyAuthenticationRequired = Status(known: 407)
    public static let requestTimeout = Status(known: 408)
    public static let gone = Status(known: 410)
    public static let requestEntityTooLarge = Status(known: 413)
    public static let requestURITooLong = Status(known: 414)
    public static let unsupportedMediaType = Status(known: 415)
    public static let unsupportedURIScheme = Status(known: 416)
    public static let badExtension = Status(known: 420)
    public static let extensionRequired = Status(known: 421)
    public static let intervalTooBrief = Status(known: 423)
    public static let temporarilyUnavailable = Status(known: 480)
    public static let callOrTransactionDoesNotExist = Status(known: 481)
    public static let loopDetected = Status(known: 482)
    public static let tooManyHops = Status(known: 483)
    public static let addressIncomplete = Status(known: 484)
    public static let busyHere = Status(known: 486)
    public static let requestTerminated = Status(known: 487)
    public static let notAcceptableHere = Status(known: 488)
    public static let requestPending = Status(known: 491)
    public static let serverInternalError = Status(known: 500)
    public static let notImplemented = Status(known: 501)
    public static let badGateway = Status(known: 502)
    public static let serviceUnavailable = Status(known: 503)
    public static let serverTimeout = Status(known: 504)
    public static let versionNotSupported = Status(known: 505)
    public static let messageTooLarge = Status(known: 513)
    public static let busyEverywhere = Status(known: 600)
    public static let decline = Status(known: 603)
    public static let doesNotExistAnywhere = Status(known: 604)

    /// The registered phrase; a word for its class when the code is not known here.
    public var defaultReason: String {
        Status.phrases[code] ?? Status.classPhrases[min(code / 100, 6) - 1]
    }

    private static let classPhrases = ["Progress", "Success", "Redirection", "Request Failure", "Server Failure", "Global Failure"]

    private static let phrases: [Int: String] = [
        100: "Trying", 180: "Ringing", 181: "Call Is Being Forwarded", 182: "Queued", 183: "Session Progress",
        200: "OK", 202: "Accepted", 204: "No Notification",
        300: "Multiple Choices", 301: "Moved Permanently", 302: "Moved Temporarily", 305: "Use Proxy", 380: "Alternative Service",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
        407: "Proxy Authentication Required", 408: "Request Timeout", 410: "Gone", 413: "Request Entity Too Large",
        414: "Request-URI Too Long", 415: "Unsupported Media Type", 416: "Unsupported URI Scheme", 420: "Bad Extension",
        421: "Extension Required", 423: "Interval Too Brief", 430: "Flow Failed", 439: "First Hop Lacks Outbound Support",
        480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist", 482: "Loop Detected", 483: "Too Many Hops",
        484: "Address Incomplete", 485: "Ambiguous", 486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here",
        489: "Bad Event", 491: "Request Pending", 493: "Undecipherable",
        500: "Server Internal Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Server Time-out",
        505: "Version Not Supported", 513: "Message Too Large",
        600: "Busy Everywhere", 603: "Decline", 604: "Does Not Exist Anywhere", 606: "Not Acceptable",
    ]
}
