import AT
import Carriers
import HTTPStack

/// `pppd` over the modem's second serial port, while commands go on over the first.
actor PPPBearer: Bearer {
    let settings: BearerSettings
    let modem: any ModemCommands
    let programs: any Programs
    private var daemon: StayingProgram?

    init(settings: BearerSettings, modem: any ModemCommands, programs: any Programs) {
        self.settings = settings
        self.modem = modem
        self.programs = programs
    }

    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        guard let port = settings.dataPort else { throw .missing("bearer ppp needs data-port in the line's mms section") }
        guard let accessPoint = try? CommandArgument(quoting: carrier.apn) else { throw .garbled("the access point's name") }
        guard let reply = await modem.perform(.defineContext(settings.context, .ipv4, accessPoint: accessPoint)) else {
            throw .modemAbsent("the modem is not in service")
        }
        guard reply.isOK else { throw .refused("the modem takes no access point \(carrier.apn)") }
        let daemon = try programs.stay(Self.call(port: port, context: settings.context, user: carrier.user, password: carrier.password))
        self.daemon = daemon
        var progress = PPPProgress()
        for await line in daemon.lines {
            progress.read(line)
            if let context = progress.context { return context }
        }
        throw .refused(progress.complaint ?? "pppd ended without a word")
    }

    func release() async {
        await daemon?.stop()
        daemon = nil
    }

    /// The context is defined over the other port, so that dialling needs nothing but its number (TS 27.007 §10.2.1.1).
    static func call(port: String, context: Int, user: String?, password: String?) -> ProgramCall {
        let chat =
            "/usr/sbin/chat -t 60 ABORT BUSY ABORT 'NO CARRIER' ABORT ERROR ABORT 'NO DIALTONE' '' AT OK 'ATD*99***\(context)#' CONNECT ''"
        // The address is for us alone: no default route, and no script that would change the machine's resolvers.
        let arguments = [
            port, "115200", "nodetach", "lock", "modem", "noauth", "nodefaultroute", "usepeerdns", "noipdefault", "ipcp-accept-local",
            "ipcp-accept-remote", "noipv6", "novj", "nobsdcomp", "nodeflate", "maxfail", "1", "lcp-echo-interval", "30", "lcp-echo-failure", "4",
            "ip-up-script", "/bin/true", "ip-down-script", "/bin/true", "connect", chat,
        ]
        return ProgramCall("pppd", arguments + ["user", user ?? "any", "password", password ?? "any"])
    }
}

/// What `pppd` says on its way up.
struct PPPProgress: Hashable, Sendable {
    private var interface: String?
    private var address: IPAddress?
    private var resolvers: [IPAddress] = []
    private var isComplete = false
    /// Its last word that sounds like trouble.
    private(set) var complaint: String?

    mutating func read(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        switch (words.first, words.dropFirst().first) {
        case ("Using", "interface"): interface = words.last.flatMap { $0.isInterfaceName ? $0 : nil }
        case ("local", "IP"): address = words.last.flatMap { IPAddress($0) }
        case ("primary", "DNS"): resolvers = words.last.flatMap { IPAddress($0) }.map { [$0] } ?? []
        case ("secondary", "DNS"):
            resolvers += words.last.flatMap { IPAddress($0) }.map { [$0] } ?? []
            isComplete = true
        // The script that does nothing is started when all addresses are told.
        case ("Script", _): isComplete = isComplete || (address != nil && line.contains("/bin/true"))
        default: if Self.isTrouble(line) { complaint = line }
        }
    }

    /// The context, once everything is told.
    var context: BearerContext? {
        guard isComplete, let interface, let address else { return nil }
        return BearerContext(interface: interface, address: address, prefixLength: 32, resolvers: resolvers)
    }

    private static func isTrouble(_ line: String) -> Bool {
        ["fail", "error", "Couldn't", "must be", "unrecognized", "not replying", "NO CARRIER", "terminated"].contains { line.contains($0) }
    }
}
