import Exchange
import Files
import HTTPStack
import Kinds
import Logging
import Settings
import Telephony

/// A line that goes through a gateway: what the settings say of it, put together.
struct GatewayLine {
    let template: GatewayTemplate
    /// Where the gateway is; nil where every address of the template is written out.
    var url: WebURL?
    var user: String?
    var secret: String?
    /// Our own number, as the gateway is to be told.
    var from: String?
    /// What the gateway proves itself with: a secret of ours, or the key of its signatures.
    var proofKey: CallbackGuard.Key?
    var callbackSecret: String?
    /// Where it reaches us, where that is not the listener's public address.
    var callbackURL: WebURL?
    var takesFiles = false
    /// Where files that the gateway does not take are fetched; nil where they are refused.
    var links: SharedFiles?
    var mediaHosts: [String] = []
    var mediaLimit = 5 * 1024 * 1024
    var timeout: Duration = .seconds(30)
    var capacity = 4
    /// Between two texts.
    var interval: Duration = .zero

    func made(_ context: TrunkContext) -> Made<TrunkPorts> {
        let base = (callbackURL ?? context.publicURL).map(Self.withoutSlash)
        let path = "/gateway/\(context.line.name)"
        let site = site(base.map { $0 + path }, context)
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: Set(hosts + mediaHosts.filter { !$0.hasPrefix("*") })))
        let health = GatewayHealth(host: hosts.first ?? "the gateway")
        let log = Logger(label: "homeline.gateway")
        let inbox = GatewayInbox(line: context.line, inbox: context.inbox, mint: context.mint, numbers: Self.numbers(context))
        let waiting = WaitingFiles(
            shelf: Shelf(directory: context.directory + "/waiting"), fetch: fetch(client), inbox: inbox, mint: context.mint, pause: context.pause, log: log)
        let poll = template.poll.map { poll in
            InboxPoll(
                template: poll, site: site, from: from, client: client, inbox: inbox, waiting: waiting, health: health, mint: context.mint,
                pause: context.pause, log: log)
        }
        let trunk = GatewayTrunk(
            line: context.line, template: template, site: site, from: from, timeout: timeout, client: client,
            files: takesFiles ? preparation(context) : nil,
            health: health, notices: context.notices, mint: context.mint, pace: interval > .zero ? Pace(interval, pause: context.pause) : nil)
        let service = GatewayService(line: context.line, inbox: context.inbox, waiting: waiting, poll: poll, client: client)
        // What a dead process left is gone on with where the gateway drops what comes again.
        let ports = TrunkPorts(
            line: context.line, service: service, messages: trunk, capacity: capacity, repetition: template.repetition == .harmless ? .harmless : .costly,
            health: { health.health })
        var routes: [Operation] = []
        if let callback = template.callback, let proofKey {
            let gate = CallbackGuard(callback.proof, key: proofKey, base: base, mint: context.mint)
            let receive = ReceiveCallback(template: callback, gate: gate, inbox: inbox, waiting: waiting, health: health, log: log)
            routes = receive.routes(at: callback.proof == .path ? path + "/{secret}" : path)
        }
        return Made(ports, routes: routes)
    }

    /// Servers that the template and the settings name.
    private var hosts: [String] {
        let written = template.requests.compactMap { request -> String? in
            guard case .literal(let text)? = request.address.pieces.first else { return nil }
            return WebURL(text)?.host
        }
        return ((url.map { [$0.host] } ?? []) + written).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func site(_ callback: String?, _ context: TrunkContext) -> GatewaySite {
        let ending = template.callback?.proof == .path ? callbackSecret.map { "/\(PercentEncoding.encode($0))" } ?? "" : ""
        return GatewaySite(
            url: url.map(Self.withoutSlash), user: user, secret: secret, callback: proofKey == nil ? nil : callback.map { $0 + ending },
            callingCode: NumberPlan(country: context.country)?.callingCode ?? "")
    }

    private func fetch(_ client: GuardedClient) -> FileFetch {
        let login: String? =
            switch template.mediaAuthorization {
            case .none: nil
            case .basic: "Basic " + base64("\(user ?? ""):\(secret ?? "")".utf8)
            case .bearer: secret.map { "Bearer \($0)" }
            }
        return FileFetch(
            hosts: (template.mediaHosts + mediaHosts).map { $0.lowercased() }, home: hosts.first, authorization: login, client: client, limit: mediaLimit)
    }

    private func preparation(_ context: TrunkContext) -> FilePreparation {
        FilePreparation(
            fitting: PartFitting(fitter: context.fitter, media: context.media), limits: template.fileLimits, shown: shownFiles(context), links: links)
    }

    private func shownFiles(_ context: TrunkContext) -> ShownFiles? {
        guard template.showsFiles, let files = context.files else { return nil }
        return ShownFiles(links: files.links, media: context.media, mint: context.mint)
    }

    /// Settings name countries that there are.
    static func numbers(_ context: TrunkContext) -> NumberPlan {
        guard let numbers = NumberPlan(country: context.country) ?? NumberPlan(country: "US") else { preconditionFailure("the number plans have no US") }
        return numbers
    }

    private static func withoutSlash(_ url: WebURL) -> String {
        let text = url.description
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

extension ReceiveCallback {
    /// Gateways call by GET or by POST, as their owners choose.
    func routes(at path: String) -> [Operation] {
        [HTTPStack.Method.get, .post].map { Operation($0, path, access: .own, reading: CallbackDocument.limit, respond: respond) }
    }
}
