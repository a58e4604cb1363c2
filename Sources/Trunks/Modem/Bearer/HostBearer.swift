import Carriers
import HTTPStack

/// The machine's own route: for sticks that are routers themselves, and for the simulated carrier. Where it may go is the address
/// policy's business.
struct HostBearer: Bearer {
    let interface: String?
    let resolvers: [IPAddress]

    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        BearerContext(interface: interface, resolvers: resolvers)
    }

    func release() async {}
}
