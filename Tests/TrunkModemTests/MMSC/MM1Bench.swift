import Carriers
import HTTPStack
import NIOPosix
import Runtime
import Simulator
import Testing

@testable import TrunkModem

/// The MM1 client and the simulated MMSC, over real sockets on loopback.
struct MM1Bench {
    static let number = "+15550100100"
    let host: ModemHost
    var carrier: CarrierProfile
    var context = BearerContext()
    var named: [AddressPolicy.NamedHost]
    var limits = MM1Client.Limits()

    static func run(_ body: (inout MM1Bench) async throws -> Void) async throws {
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { 1_800_000_000 })
        do {
            try await host.add(VirtualModem(personality: .generic, sim: SIMCard(number: number)), on: [.tcp(host: "127.0.0.1", port: 0)])
            let port = try await host.multimedia()
            let carrier = CarrierProfile(name: "Simulated", apn: "mms", mmsc: await host.multimediaAddress(of: number))
            var bench = MM1Bench(host: host, carrier: carrier, named: [AddressPolicy.NamedHost(host: "127.0.0.1", port: port)])
            try await body(&bench)
            await host.close()
        } catch {
            await host.close()
            throw error
        }
    }

    var client: MM1Client {
        let socket = BearerSocket(context: context, group: MultiThreadedEventLoopGroup.singleton)
        return MM1Client(
            carrier: carrier, number: Self.number, context: context, named: named,
            resolver: BearerResolver(
                socket: socket, resolvers: context.resolvers, system: Resolver { _ in throw Resolver.NotFound() }, clock: ContinuousClock()),
            clock: ContinuousClock(), limits: limits)
    }

    static let photo = PicturePart(type: "image/jpeg", name: "photo.jpg", octets: (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })

    /// A friend sends a photo; the address that the MMSC would announce.
    func announce(_ parts: [PicturePart] = [Self.photo]) async throws -> String {
        await host.picture(parts, from: "+15550123", to: [Self.number])
        return await host.multimedia.base + (try #require(await host.storedPaths().first))
    }
}
