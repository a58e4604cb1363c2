/// A HiLink router as its web interface shows it (the public clients' knowledge of E3372h, B315, B525): answers requests, keeps messages.
public struct VirtualRouter: Sendable {
    public var model: RouterModel
    var sessions: [String: Session] = [:]
    var numbers = 0
    var wrongTries = 0
    var lockedUntil = 0
    /// Passwords that were judged, right or wrong.
    public private(set) var judgements = 0
    var boxes: [Int: [KeptText]] = [:]
    var outgoing: Outgoing?
    /// What `send-status` says while nothing is being sent.
    var lastSent = ""
    var lastFailed = ""
    /// What went out to the network, in order.
    public internal(set) var routed: [RoutedText] = []
    /// Texts that wait in the network, because there is no room.
    var waiting: [KeptText] = []
    /// What becomes of what is sent.
    public var refusesNumbers = false
    public var networkFails = false
    var ussd: USSD?
    var pinTries = 3
    var isPINEntered = false
    public var hasData = true
    public var asksForReports = false
    var faults: [(path: String?, fault: RouterFault, times: Int)] = []
    /// Every request, `POST /api/sms/send-sms`.
    public internal(set) var requests: [String] = []

    struct Session: Sendable {
        var tokens: [String] = []
        var isLoggedIn = false
        var nonce: String?
        var challenge: String?
        var salt: [UInt8] = []
    }

    struct KeptText: Sendable {
        var index: Int
        var phone: String
        var content: String
        var date: String
        var state = 0
        var kind = 1
    }

    struct Outgoing: Sendable {
        var phones: [String]
        var looks: Int
        var hasFailed: Bool
    }

    struct USSD: Sendable {
        var answer: String
        var looks: Int
        var wantsReply: Bool
    }

    public init(_ model: RouterModel = RouterModel()) { self.model = model }

    /// An answer, and what is to go wrong with it.
    public mutating func handle(_ request: PeerRequest, now: Int) -> (reply: PeerReply, delay: Duration) {
        requests.append("\(request.method) \(request.path)")
        guard let fault = fault(for: request.path) else { return (answer(request, now: now), .zero) }
        switch fault {
        case .status(let status): return (.text(status, "<html><body>\(status)</body></html>", type: "text/html"), .zero)
        case .error(let code): return (xml(RouterXML.error(code)), .zero)
        case .loseAnswer:
            _ = answer(request, now: now)
            return (.hangUp, .zero)
        case .silence:
            _ = answer(request, now: now)
            return (.hangUp, .seconds(3600))
        case .slow(let delay): return (answer(request, now: now), delay)
        case .garbage:
            _ = answer(request, now: now)
            return (xml("<response><Messages><Message>"), .zero)
        case .expireSession: sessions = [:]
        case .rotateTokens:
            for cookie in sessions.keys {
                let token = text(32)
                sessions[cookie]?.tokens = [token]
            }
        }
        return (answer(request, now: now), .zero)
    }

    /// For the next so many requests whose path ends so.
    public mutating func set(_ fault: RouterFault, of path: String? = nil, times: Int = 1) {
        faults.append((path, fault, times))
    }

    public mutating func clearFaults() { faults = [] }

    /// Sessions, logins and what was being done are gone; messages stay.
    public mutating func restart() {
        sessions = [:]
        outgoing = nil
        ussd = nil
        isPINEntered = false
    }

    private mutating func fault(for path: String) -> RouterFault? {
        guard let index = faults.firstIndex(where: { $0.path.map { path.hasSuffix($0) } ?? true }) else { return nil }
        let fault = faults[index].fault
        faults[index].times -= 1
        if faults[index].times <= 0 { faults.remove(at: index) }
        return fault
    }

    mutating func noteJudgement() { judgements += 1 }

    // MARK: - Words

    /// As a router answers: 200 whatever it says.
    func xml(_ text: String, headers: [(name: String, value: String)] = []) -> PeerReply {
        PeerReply(200, headers: [("Content-Type", "text/html"), ("Server", "WebServer")] + headers, body: RouterXML.octets(text))
    }

    /// Never the same again, and the same in every run.
    mutating func text(_ count: Int) -> String {
        numbers += 1
        let digits = String(UInt64(numbers) &* 0x9E37_79B9_7F4A_7C15, radix: 36)
        return String(String(repeating: digits + "x", count: count / digits.count + 1).prefix(count))
    }

    /// In the router's zone, without saying so.
    func date(_ now: Int) -> String {
        let seconds = now + model.zoneSeconds
        let days = seconds / 86_400
        let rest = seconds % 86_400
        var year = 1970
        var left = days
        while left >= Self.days(year) {
            left -= Self.days(year)
            year += 1
        }
        var month = 0
        let lengths = [31, Self.days(year) == 366 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while left >= lengths[month] {
            left -= lengths[month]
            month += 1
        }
        let fields = [month + 1, left + 1, rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(year)-\(fields[0])-\(fields[1]) \(fields[2]):\(fields[3]):\(fields[4])"
    }

    private static func days(_ year: Int) -> Int { year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 366 : 365 }
}
