import Carriers
import Exchange
import Logging
import NIOPosix
import Runtime
import Settings
import Simulator
import Synchronization
import Telephony
import Testing

@testable import TrunkModem

/// A line's way to picture messages as the exchange sees it, with the simulated carrier at its end.
@Suite(.timeLimit(.minutes(10))) struct ModemMultimediaTests {
    static let now = Telephony.Instant(seconds: 1_800_000_000)

    struct World {
        let host: ModemHost
        let multimedia: ModemMultimedia

        /// A photo that waits, as its notice announces it.
        func announcement() async throws -> Announcement {
            await host.picture([MM1Bench.photo], from: "+15550123", to: [MM1Bench.number])
            let location = await host.multimedia.base + (try #require(await host.storedPaths().first))
            return Announcement(
                transaction: "T1", location: location, sender: .number("+15550123"), subject: nil, size: 50_000, expires: ModemMultimediaTests.now + .seconds(3600))
        }
    }

    static func run(_ change: (inout MultimediaSettings) -> Void = { _ in }, _ body: (World) async throws -> Void) async throws {
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { 1_800_000_000 })
        do {
            try await host.add(VirtualModem(personality: .generic, sim: SIMCard(number: MM1Bench.number)), on: [.tcp(host: "127.0.0.1", port: 0)])
            try await host.multimedia()
            var settings = MultimediaSettings()
            settings.bearer.kind = .host
            settings.carrier.mmsc = await host.multimediaAddress(of: MM1Bench.number)
            change(&settings)
            try await body(World(host: host, multimedia: multimedia(settings)))
            await host.close()
        } catch {
            await host.close()
            throw error
        }
    }

    static func multimedia(_ settings: MultimediaSettings, access: ModemAccess = ModemAccess()) -> ModemMultimedia {
        ModemMultimedia(
            settings: settings, directory: CarrierDirectory(file: ProviderFile(path: "/nowhere")), access: access,
            bearer: ChosenBearer(settings: settings.bearer, access: access, programs: ScriptedPrograms()), clock: ContinuousClock(), now: { now },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test func `an announced message is fetched, and the MMSC told by the announced transaction`() async throws {
        try await Self.run { world in
            let announcement = try await world.announcement()
            guard case .retrieved(let octets) = await world.multimedia.retrieve(announcement) else { throw Unexpected("a message") }
            #expect(octets.count > 50_000)
            #expect(await world.multimedia.acknowledge(announcement, .retrieved) == nil)
            #expect(await world.multimedia.acknowledge(announcement, .acknowledged(transaction: "T2")) == nil)
            // M-NotifyResp.ind of T1, retrieved; M-Acknowledge.ind of T2.
            #expect(await world.host.multimedia.told == [
                [0x8C, 0x83, 0x98, 0x54, 0x31, 0x00, 0x8D, 0x92, 0x95, 0x81], [0x8C, 0x85, 0x98, 0x54, 0x32, 0x00, 0x8D, 0x92],
            ])
            #expect(await world.host.multimedia.requests.map(\.method) == ["GET", "POST", "POST"])
        }
    }

    @Test func `some carriers want to be told where the message lay`() async throws {
        try await Self.run({ $0.carrier.acknowledgeTo = .contentLocation }) { world in
            let announcement = try await world.announcement()
            #expect(await world.multimedia.acknowledge(announcement, .retrieved) == nil)
            let target = await world.host.multimedia.requests.last?.target
            #expect(target.map { announcement.location.hasSuffix($0) } == true)
        }
    }

    @Test func `outcomes are gone, deferred or failed`() async throws {
        try await Self.run { world in
            let announcement = try await world.announcement()
            await world.host.planMultimedia(.status(410))
            #expect(await world.multimedia.retrieve(announcement) == .gone(Failure(.http(410), "127.0.0.1")))
            await world.host.planMultimedia(.status(503))
            #expect(await world.multimedia.retrieve(announcement) == .deferred(Failure(.http(503), "127.0.0.1"), until: nil))
            await world.host.planMultimedia(.redirect("http://10.0.0.1/"))
            guard case .failed = await world.multimedia.retrieve(announcement) else { throw Unexpected("a failure") }
            guard case .retrieved = await world.multimedia.retrieve(announcement) else { throw Unexpected("a message") }
        }
    }

    @Test func `a carrier nobody knows is waited for, with the reason`() async throws {
        try await Self.run({ $0.carrier.mmsc = nil }) { world in
            let announcement = try await world.announcement()
            guard case .deferred(let failure, _) = await world.multimedia.retrieve(announcement) else { throw Unexpected("patience") }
            #expect(failure.detail.contains("set mmsc"))
            #expect(await world.multimedia.limits == .cautious)
        }
    }

    @Test func `without its modem a network bearer is waited for`() async throws {
        for (apn, reason) in [("mms", "the modem is not in service"), (nil, "set 'apn'")] {
            try await Self.run({ ($0.bearer.kind, $0.bearer.interface, $0.carrier.apn) = (.network, "lo", apn) }) { world in
                guard case .deferred(let failure, _) = await world.multimedia.retrieve(try await world.announcement()) else { throw Unexpected("patience") }
                #expect(failure.detail.contains(reason))
            }
        }
    }

    @Test func `the section's keys are read, and a bearer that needs a port says so`() throws {
        func section(_ entries: [(String, String)]) throws -> MultimediaSettings {
            let node = Node(.section(entries.map { .init(name: $0.0, value: Node(.scalar($0.1), line: 1)) }), line: 1)
            return try MultimediaSettings(section: try Section(node, path: "lines.home.mms"))
        }
        let settings = try section([("bearer", "qmi"), ("data-port", "/dev/cdc-wdm0"), ("context", "3"), ("idle", "5m"), ("apn", "mms"), ("resolvers", "10.0.0.53")])
        #expect(settings.bearer.kind == .qmi && settings.bearer.context == 3 && settings.bearer.idle == .seconds(300))
        #expect(settings.carrier.apn == "mms")
        #expect(throws: SettingsError.self) { try section([("bearer", "ppp")]) }
        #expect(throws: SettingsError.self) { try section([("interface", "../../etc")]) }
        #expect(throws: SettingsError.self) { try section([("data-port", "/etc/passwd")]) }
        #expect(throws: SettingsError.self) { try section([("colour", "red")]) }
    }
}
