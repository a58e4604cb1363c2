import HTTPStack
import Telephony
import WireGuard

/// `/settings/wireguard`: the tunnel and its phones, for owners.
struct TunnelPages {
    let pages: Pages

    static let path = "/settings/wireguard"

    private var words: TunnelWords { pages.words.tunnel }

    var operations: [Operation] {
        let store = pages.desk.tunnel
        return [
            pages.ownersPage(Self.path) { _, visitor in try overview(store, visitor) },
            pages.ownersForm(Self.path) { request, visitor, form in try await make(store, request, visitor, form["endpoint"] ?? "") },
            pages.ownersForm(Self.path + "/phones") { request, visitor, form in
                // Who has a profile is in the house's network.
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Self.path) }
                return try await add(store, request, visitor, form["name"] ?? "")
            },
            pages.ownersForm(Self.path + "/phones/{name}/renew") { request, visitor, form in
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Self.path) }
                let name = request.parameter("name"), now = pages.desk.mint.now()
                let profile = try changing(store) { tunnel in try tunnel.renew(name, at: now) }
                await pages.desk.audit.note(.tunnelChanged, by: visitor, from: request, about: name)
                return shown(profile, store, visitor)
            },
            pages.ownersForm(Self.path + "/phones/{name}/remove") { request, visitor, _ in
                let name = request.parameter("name")
                try changing(store) { tunnel in try tunnel.remove(name) }
                await pages.desk.audit.note(.tunnelChanged, by: visitor, from: request, about: name)
                return Pages.see(Self.path)
            },
        ]
    }

    private func make(_ store: TunnelStore, _ request: Request, _ visitor: Visitor, _ text: String) async throws -> Response {
        guard let endpoint = TunnelEndpoint(String(text.drop { $0 == " " })) else { return try overview(store, visitor, endpoint: text, endpointMistake: words.badEndpoint) }
        let network = TunnelNetwork { UInt64.random(in: .min ... .max) }
        try store.change { tunnel in
            guard tunnel == nil else { throw Problem(409, "conflict", words.isMadeAlready) }
            tunnel = Tunnel(network: network, privateKey: .privateKey(), endpoint: endpoint, port: endpoint.port, nameServers: [])
        }
        await pages.desk.audit.note(.tunnelChanged, by: visitor, from: request, about: "\(endpoint)")
        return Pages.see(Self.path)
    }

    private func add(_ store: TunnelStore, _ request: Request, _ visitor: Visitor, _ name: String) async throws -> Response {
        let now = pages.desk.mint.now()
        do {
            let profile = try store.change { tunnel in
                guard var own = tunnel else { throw Problem.notFound(pages.words.notFound) }
                let profile = try own.add(name, at: now)
                tunnel = own
                return profile
            }
            await pages.desk.audit.note(.tunnelChanged, by: visitor, from: request, about: name)
            return shown(profile, store, visitor)
        } catch let mistake as Tunnel.Mistake {
            return try overview(store, visitor, phone: name, phoneMistake: words.sentence(mistake))
        }
    }

    private func changing<Value>(_ store: TunnelStore, _ work: (inout Tunnel) throws -> Value) throws -> Value {
        do {
            return try store.change { tunnel in
                guard var own = tunnel else { throw Problem.notFound(pages.words.notFound) }
                let value = try work(&own)
                tunnel = own
                return value
            }
        } catch is Tunnel.Mistake {
            throw Problem.notFound(pages.words.notFound)
        }
    }

    // MARK: What is seen

    private func overview(
        _ store: TunnelStore, _ visitor: Visitor, endpoint: String = "", endpointMistake: String? = nil, phone: String = "", phoneMistake: String? = nil
    ) throws -> Response {
        let head: HTML = "<h1>\(words.title)</h1><p class=\"note\">\(words.purpose)</p>"
        let status = endpointMistake == nil && phoneMistake == nil ? 200 : 422
        guard let tunnel = try store.load() else {
            let form: HTML = """
                <form class="card" method="post" action="\(Self.path)">\(visitor.token.input)
                \(Field(name: "endpoint", label: words.endpoint, value: endpoint, mistake: endpointMistake, isFirst: true).html)<p class="note">\(words.endpointNote)</p>
                <button>\(words.make)</button></form>
                """
            return page(visitor, words.title, head + form, status)
        }
        return page(visitor, words.title, head + facts(tunnel) + list(tunnel, visitor) + adding(visitor, phone, phoneMistake) + commands(store, isNew: tunnel.phones.isEmpty), status)
    }

    private func facts(_ tunnel: Tunnel) -> HTML {
        """
        <section class="card"><dl><dt>\(words.thisHouse)</dt><dd>\(tunnel.addresses.joined(separator: ", "))</dd>
        <dt>\(words.reachedAs)</dt><dd>\(tunnel.endpoint.description) (UDP)</dd></dl></section>
        """
    }

    private func list(_ tunnel: Tunnel, _ visitor: Visitor) -> HTML {
        let times = pages.times(of: visitor)
        let rows = tunnel.phones.map { phone -> HTML in
            let path: HTML = "\(Self.path)/phones/\(phone.name)"
            return """
                <li><div><strong><bdi>\(phone.name)</bdi></strong></div>
                <dl><dt>\(tunnel.network.v4Address(phone.place))</dt><dd>\(words.since) \(times.short(phone.addedAt))</dd></dl>
                <div class="row"><form method="post" action="\(path)/renew">\(visitor.token.input)<button class="plain">\(words.newProfile)<span class="hidden"> \(phone.name)</span></button></form>
                <form method="post" action="\(path)/remove">\(visitor.token.input)<button class="plain">\(words.remove)<span class="hidden"> \(phone.name)</span></button></form></div></li>
                """
        }
        let all: HTML = rows.isEmpty ? "<p class=\"note\">\(words.noPhones)</p>" : "<ul class=\"apps\">\(rows)</ul>"
        return "<section class=\"card\"><h2>\(words.phones)</h2>\(all)</section>"
    }

    private func adding(_ visitor: Visitor, _ name: String, _ mistake: String?) -> HTML {
        """
        <form class="card" method="post" action="\(Self.path)/phones">\(visitor.token.input)
        \(Field(name: "name", label: words.phone, value: name, mistake: mistake).html)<p class="note">\(words.nameNote)</p><button>\(words.add)</button></form>
        """
    }

    private func shown(_ profile: PhoneProfile, _ store: TunnelStore, _ visitor: Visitor) -> Response {
        let title = "\(words.profileOf) \(profile.name)"
        let card: HTML = """
            <section class="card"><h1>\(title)</h1><p>\(words.scan)</p>\(LinkCard.code(of: profile.text, words.codeOf))<p class="note">\(words.shownOnce)</p>
            <details><summary>\(words.asText)</summary><pre class="copy">\(profile.text)</pre></details></section>
            """
        return page(visitor, title, card + commands(store, isNew: false) + "<p><a href=\"\(Self.path)\">\(words.back)</a></p>", 200)
    }

    /// The daemon has no right to change the network, and wants none.
    private func commands(_ store: TunnelStore, isNew: Bool) -> HTML {
        let name = Tunnel.interface
        return """
            <section class="card"><p>\(isNew ? words.takeUpNew : words.takeUp)</p>
            <pre class="copy">sudo install -m 600 \(store.configuration) /etc/wireguard/\(name).conf
            sudo systemctl \(isNew ? "enable --now" : "reload") wg-quick@\(name)</pre></section>
            """
    }

    private func page(_ visitor: Visitor, _ title: String, _ cards: HTML, _ status: Int) -> Response {
        Layout(title: title, visitor: visitor, content: PeopleStyle.link + "<div class=\"cards\">\(cards)</div>").response(status: status)
    }
}
