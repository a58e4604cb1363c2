import HTTPStack

/// A network interface with an address and a routing table of its own, so that only sockets bound to it use it: nothing else of the
/// machine goes over the SIM, and the MMSC is reached over nothing else.
struct InterfaceSetup: Hashable, Sendable {
    let interface: String
    let address: IPAddress
    let prefixLength: Int
    let gateway: IPAddress?
    /// The kernel's number of the interface, from which the table gets its own.
    let index: Int

    private var table: String { "\(20_000 + index)" }
    private var family: String { address.octets.count == 4 ? "-4" : "-6" }

    /// In order.
    var up: [ProgramCall] {
        var route = ["route", "replace", "default"]
        if let gateway { route += ["via", gateway.description] }
        route += ["dev", interface, "table", table]
        if gateway != nil { route.append("onlink") }
        return [
            ip(["link", "set", "dev", interface, "up"]),
            ip(["address", "replace", "\(address)/\(prefixLength)", "dev", interface, "noprefixroute"]),
            ip(route),
            ip(["rule", "add", "oif", interface, "lookup", table]),
        ]
    }

    /// In order; each may fail when what it takes away is gone.
    var down: [ProgramCall] {
        [
            ip(["rule", "del", "oif", interface, "lookup", table]),
            ip(["route", "flush", "table", table]),
            ip(["address", "del", "\(address)/\(prefixLength)", "dev", interface]),
            ip(["link", "set", "dev", interface, "down"]),
        ]
    }

    private func ip(_ arguments: [String]) -> ProgramCall { ProgramCall("ip", [family] + arguments) }

    func bringUp(_ programs: any Programs) async throws(BearerError) {
        // A process that was killed leaves its rule behind, and a second one of the kind is refused.
        _ = try? await programs.run(down[0], within: .seconds(10))
        for call in up {
            do {
                _ = try await programs.demand(call, within: .seconds(10))
            } catch {
                await bringDown(programs)
                throw error
            }
        }
    }

    func bringDown(_ programs: any Programs) async {
        for call in down { _ = try? await programs.run(call, within: .seconds(10)) }
    }

    /// What sockets are bound to.
    func context(resolvers: [IPAddress]) -> BearerContext {
        BearerContext(interface: interface, address: address, prefixLength: prefixLength, resolvers: resolvers)
    }
}

extension IPAddress {
    /// The length of a prefix that this is the mask of, 32 where it is none.
    var maskLength: Int { octets.reduce(0) { $0 + $1.nonzeroBitCount } }
}
