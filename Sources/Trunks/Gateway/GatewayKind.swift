import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension TrunkKind {
    public static let gateway = TrunkKind(
        name: "gateway", summary: "A number at a provider, or a SIM behind a gateway, that is reached over HTTP; how is said by a template.",
        keys: [
            templateKey.required, GatewayKeys.url.documentation, GatewayKeys.user.required, GatewayKeys.secret.required,
            GatewayKeys.from.required, GatewayKeys.callbackSecret.documentation, GatewayKeys.publicKey.documentation,
            GatewayKeys.callbackURL.documentation, GatewayKeys.pictures.documentation, TooLarge.key.documentation, GatewayKeys.mediaHosts.documentation,
            pollKey.documentation, GatewayKeys.timeout.documentation, GatewayKeys.atOnce.documentation,
        ], carries: { TrunkKind.sendsPictures($0) ? [.files] : [] },
        serving: { section, context in
            let node = try section.require(templateKey)
            var template: GatewayTemplate
            var ownHosts: [String] = []
            if case .scalar(let name) = node.content {
                guard let ready = GatewayTemplate.ready[name] else {
                    throw section.error("template", "there is no template \(name); there are \(GatewayTemplate.ready.keys.sorted().joined(separator: ", "))")
                }
                template = ready
            } else {
                template = try GatewayTemplate(reading: Section(node, path: "\(section.path).template"))
                ownHosts = template.mediaHosts
            }
            try section.schedulePoll(of: &template)
            var line = try section.line(template, context)
            // Servers that the owner names may be in a network of their own.
            line.mediaHosts += ownHosts
            return line.made(context)
        })

    private static let templateKey = Key<Node>(
        "template", "How the gateway is spoken to: twilio, telnyx, voipms, vonage, kannel, or a section of your own. What else is needed depends on it.", example: "voipms"
    ) { node throws(Key<Node>.Reason) in node }

    fileprivate static let pollKey = Key.duration(
        "poll-every", "Ask the gateway for messages instead of being called, where its template knows how.", example: "60s")

    /// The section is read again when the line is made; what is wrong in it is told there.
    static func sendsPictures(_ section: Section) -> Bool {
        var section = section
        return (try? section.value(GatewayKeys.pictures, default: false)) ?? false
    }
}

extension Section {
    /// A template that is polled only where it is asked to says no time; one way in is enough.
    fileprivate mutating func schedulePoll(of template: inout GatewayTemplate) throws(SettingsError) {
        guard let every = try optional(TrunkKind.pollKey) else {
            if template.poll?.every == nil { template.poll = nil }
            return
        }
        guard template.poll != nil else { throw error("poll-every", "this template has no way to ask for messages") }
        guard every >= .seconds(1) else { throw error("poll-every", "a second at least") }
        template.poll?.every = every
        template.callback?.message = nil
    }

    /// What is said of a line beside its template.
    mutating func line(_ template: GatewayTemplate, _ context: TrunkContext) throws -> GatewayLine {
        var line = GatewayLine(template: template)
        line.url = try optional(GatewayKeys.url) ?? template.url.flatMap { WebURL($0) }
        line.user = try optional(GatewayKeys.user)
        line.secret = try optional(GatewayKeys.secret)
        line.from = try optional(GatewayKeys.from)
        line.callbackSecret = try optional(GatewayKeys.callbackSecret)
        line.callbackURL = try optional(GatewayKeys.callbackURL)
        line.mediaHosts = try value(GatewayKeys.mediaHosts, default: [])
        line.timeout = try value(GatewayKeys.timeout, default: line.timeout)
        line.capacity = try value(GatewayKeys.atOnce, default: line.capacity)
        line.takesFiles = try value(GatewayKeys.pictures, default: false)
        line.links = try links(among: context.files)
        let publicKey = try optional(GatewayKeys.publicKey)
        if let callback = template.callback {
            line.proofKey = try proofKey(for: callback.proof, secret: line.secret, callbackSecret: line.callbackSecret, publicKey: publicKey)
        }
        try check(line, context)
        return line
    }

    private func check(_ line: GatewayLine, _ context: TrunkContext) throws(SettingsError) {
        let wanted = line.template.requests.flatMap(\.placeholders)
        let logins = line.template.requests.map(\.authorization)
        if wanted.contains(.url), line.url == nil { throw error("url", "missing. \(GatewayKeys.url.doc)") }
        if wanted.contains(.user) || logins.contains(.basic), line.user == nil { throw error("user", "missing. \(GatewayKeys.user.doc)") }
        if wanted.contains(.secret) || logins.contains(where: { $0 != .none }), line.secret == nil {
            throw error("secret-file", "missing. \(GatewayKeys.secret.doc)")
        }
        let namesSender = line.template.text.placeholders.contains { if case .from = $0 { true } else { false } }
        if namesSender, line.template.needsSender, line.from == nil { throw error("from", "missing. \(GatewayKeys.from.doc)") }
        let isReachable = line.callbackURL != nil || context.publicURL != nil
        if line.template.callback?.proof == .twilio, !isReachable {
            throw error("template", "signatures are over our own address: http.public-url or callback-url must say it")
        }
        guard line.takesFiles else {
            if line.links != nil { throw error(TooLarge.key.name, "a line without 'pictures: yes' takes no files at all") }
            return
        }
        guard line.template.files != nil else { throw error("pictures", "this template takes texts only") }
        if line.template.showsFiles, context.files == nil {
            throw error("pictures", "the gateway fetches pictures from us: http.public-url must say where")
        }
    }
}
