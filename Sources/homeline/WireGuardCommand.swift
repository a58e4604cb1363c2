import ArgumentParser
import Daemon
import Telephony
import WireGuard

struct WireGuardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wireguard", abstract: "A tunnel by which phones reach this house from anywhere.",
        discussion: """
            Writes configuration for wg-quick, and profiles for phones; touches the network only with --up. Docs/Guides/away-from-home.md says when \
            it is of use.
            """,
        subcommands: [Init.self, Add.self, List.self, Show.self, Remove.self])

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make the tunnel: this house's keys and addresses.")
        @OptionGroup var state: StateOption
        @Option(name: .long, help: "How phones reach this house from outside: a name or an address, with :PORT where it is not 51820.") var endpoint: String
        @Option(name: .long, help: "UDP port to listen on here; the endpoint's where left out.") var port: Int?
        @Option(name: .long, help: "A private IPv4 network with /24, such as 10.86.7.0/24; one by chance where left out.") var ipv4: String?
        @Option(name: .long, help: "A private IPv6 network with /64, such as fd12:3456:789a::/64; one by chance where left out.") var ipv6: String?
        @Option(name: .long, help: "A name server that phones use while the tunnel is up; theirs where left out.") var dns: [String] = []
        @Flag(help: "Bring it up now, with wg-quick.") var up = false

        func run() throws {
            guard let endpoint = TunnelEndpoint(endpoint) else { throw ValidationError("--endpoint wants a name or an address, such as home.example.org") }
            guard port.map({ (1...65_535).contains($0) }) ?? true else { throw ValidationError("--port wants a number from 1 to 65535") }
            if let bad = dns.first(where: { !Tunnel.isNameServer($0) }) { throw ValidationError("--dns wants an address, and \(bad) is none") }
            let chance = TunnelNetwork { UInt64.random(in: .min ... .max) }
            guard let network = TunnelNetwork(v4: ipv4 ?? chance.v4Subnet, v6: ipv6 ?? chance.v6Subnet) else {
                throw ValidationError("--ipv4 wants a private network with /24, --ipv6 one below fd00::/8 with /64")
            }
            let directory = try state.directory(), store = directory.tunnelStore
            try complaining {
                try directory.create()
                try store.change { tunnel in
                    guard tunnel == nil else { throw StateError("there is a tunnel already; remove \(store.directory) to begin anew, and every phone with it") }
                    tunnel = Tunnel(network: network, privateKey: .privateKey(), endpoint: endpoint, port: port ?? endpoint.port, nameServers: dns)
                }
            }
            Terminal.say("The tunnel is made. In it this house is \(network.v4Address(1)) and \(network.v6Address(1)).", .bold)
            Terminal.say("Forward UDP port \(endpoint.port) of your router to port \(port ?? endpoint.port) of this machine.")
            try TunnelUp.offer(store, isNew: true, wanted: up)
            Terminal.say("Next: homeline wireguard add NAME, for each phone.")
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a phone, and show its profile as a QR code for the WireGuard app.",
            discussion: "The profile holds the phone's private key: it is shown once, and kept nowhere.")
        @OptionGroup var state: StateOption
        @Argument(help: "A name for the phone: letters, digits, - and _.") var name: String
        @Flag(help: "Print the profile as text instead, for a file.") var text = false
        @Flag(help: "Take it up now, with wg.") var up = false

        func run() throws {
            let store = try state.directory().tunnelStore
            let profile = try changing(store) { tunnel in try tunnel.add(name, at: SystemClock().now()) }
            try ProfilePicture.show(profile, asText: text)
            if up || !text { try TunnelUp.offer(store, isNew: false, wanted: up) }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the tunnel and its phones.")
        @OptionGroup var state: StateOption

        func run() throws {
            let store = try state.directory().tunnelStore
            guard let tunnel = try complaining({ try store.load() }) else {
                Terminal.say("There is no tunnel yet; homeline wireguard init --endpoint NAME makes it.")
                return
            }
            Terminal.say("\(tunnel.endpoint)  \(tunnel.network.v4Subnet)  \(tunnel.network.v6Subnet)", .bold)
            for phone in tunnel.phones {
                Terminal.say("\(phone.name)  \(tunnel.network.v4Address(phone.place))  since \(CivilDate(phone.addedAt).rfc3339)")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is known of a phone; with --new-keys its profile anew.",
            discussion: "A phone's private key is kept nowhere, so an old profile cannot be shown again. New keys shut out the old ones.")
        @OptionGroup var state: StateOption
        @Argument var name: String
        @Flag(help: "Give it new keys and show the profile as a QR code.") var newKeys = false
        @Flag(help: "With --new-keys: print the profile as text instead.") var text = false
        @Flag(help: "With --new-keys: take them up now, with wg.") var up = false

        func run() throws {
            let store = try state.directory().tunnelStore
            if newKeys {
                let profile = try changing(store) { tunnel in try tunnel.renew(name, at: SystemClock().now()) }
                try ProfilePicture.show(profile, asText: text)
                if up || !text { try TunnelUp.offer(store, isNew: false, wanted: up) }
                return
            }
            let tunnel = try complaining { try Tunnel.made(try store.load()) }, phone = try complaining { try tunnel.phone(name) }
            Terminal.say(phone.name, .bold)
            Terminal.say("Addresses   \(tunnel.network.v4Address(phone.place))  \(tunnel.network.v6Address(phone.place))")
            Terminal.say("Public key  \(phone.publicKey.text)")
            Terminal.say("Since       \(CivilDate(phone.addedAt).rfc3339)")
            Terminal.say("Its private key was shown once and is kept nowhere; --new-keys makes another profile.", .dim)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a phone: its keys open nothing any more.")
        @OptionGroup var state: StateOption
        @Argument var name: String
        @Flag(help: "Take it up now, with wg.") var up = false

        func run() throws {
            let store = try state.directory().tunnelStore
            try changing(store) { tunnel in try tunnel.remove(name) }
            Terminal.say("\(name) is removed.")
            try TunnelUp.offer(store, isNew: false, wanted: up)
        }
    }
}

extension Tunnel {
    /// The tunnel there is; who asks is told where there is none.
    static func made(_ tunnel: Tunnel?) throws -> Tunnel {
        guard let tunnel else { throw StateError("there is no tunnel yet; homeline wireguard init --endpoint NAME makes it") }
        return tunnel
    }
}

/// Changes the tunnel there is.
private func changing<Value>(_ store: TunnelStore, _ work: (inout Tunnel) throws -> Value) throws -> Value {
    try complaining {
        // Nothing is made where there is nothing yet.
        _ = try Tunnel.made(try store.load())
        return try store.change { kept in
            var tunnel = try Tunnel.made(kept)
            let value = try work(&tunnel)
            kept = tunnel
            return value
        }
    }
}

/// Says what a person got wrong, or what the disk refuses, without the trimmings of an error.
private func complaining<Value>(_ work: () throws -> Value) throws -> Value {
    do {
        return try work()
    } catch let mistake as Tunnel.Mistake {
        Terminal.complain(mistake.description)
        throw ExitCode.failure
    } catch let error as StateError {
        Terminal.complain(error.description)
        throw ExitCode.failure
    } catch let fault as TunnelStore.Fault {
        Terminal.complain(fault.description)
        throw ExitCode.cannotCreate
    }
}
