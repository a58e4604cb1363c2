import Crypto
import Exchange
import HTTPStack
import HomelineTesting
import Simulator
import Synchronization
import Telephony
import Testing

@testable import TrunkHandset

/// A line and a phone with SMS Gate, over real HTTP; what the app tells goes to the line's own route.
struct SMSGateBench {
    static let signingKey = "signing-key-01234567"

    let rig: HandsetRig
    let app: SMSGateApp
    let trunk: SMSGateTrunk
    let post: HandsetPoster

    /// - Parameter poster: between the app and the routes of the line.
    init(base: String = "", password: String = "secret", sim: Int? = nil, dataPort: Int? = nil, publicURL: String? = "https://home.example", sharing other: SMSGateBench? = nil) async throws {
        rig = try HandsetRig(publicURL: publicURL)
        let clock = rig.clock
        let switchboard = other?.switchboard ?? Switchboard()
        self.switchboard = switchboard
        let app: SMSGateApp
        if let other {
            app = other.app
            url = other.url
        } else {
            app = SMSGateApp(
                user: "sms", password: "secret", base: base, sign: { Self.code($0) }, now: { clock.now().milliseconds }, post: { await switchboard.post($0) })
            url = try await app.start()
        }
        self.app = app
        let settings = SMSGateSettings(url: try #require(WebURL(url)), user: "sms", password: password, signingKey: Self.signingKey)
        var chosen = try #require(settings)
        chosen.sim = sim
        chosen.dataPort = dataPort
        trunk = SMSGateTrunk(settings: chosen, context: rig.context)
        post = rig.poster(trunk.made(nil).routes)
        if other == nil { switchboard.connect(post) }
    }

    let url: String
    let switchboard: Switchboard

    static func code(_ octets: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: octets, using: SymmetricKey(data: Array(signingKey.utf8))))
    }

    func stop() async { await app.stop() }

    /// The message in the app's queue, sent by the line.
    func sent(_ text: String) async throws -> SMSGateApp.Sent {
        guard case .accepted = await trunk.send(rig.claim([.text(text)]), journal: ScriptedJournal()) else { throw CancellationError() }
        return try #require(await app.sent.last)
    }
}

/// What stands between an app and who it tells: out of order until it is connected.
final class Switchboard: Sendable {
    private let posters = Mutex<[HandsetPoster]>([])

    func connect(_ poster: @escaping HandsetPoster) { posters.withLock { $0 = [poster] } }
    func cut() { posters.withLock { $0 = [] } }

    func post(_ post: HandsetPost) async -> HandsetPostAnswer? {
        for poster in posters.withLock({ $0 }) { return await poster(post) }
        return nil
    }
}
