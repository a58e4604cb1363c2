import Certificates
import Foundation
import NIOCore
import NIOEmbedded
import NIOSSL
import Telephony
import Testing

struct ServerIdentityTests {
    private static let today = Instant(seconds: Int64(Date().timeIntervalSince1970))
    private static func pair(_ name: String = "sms.example.org") throws -> SelfSigned { try SelfSigned(names: [name], from: today) }

    @Test func `a changed certificate is read again, an unchanged one is not`() throws {
        let place = try Place()
        try place.put(Self.pair())
        let identity = try ServerIdentity(place.files)
        let first = identity.context
        #expect(try !identity.reloadIfChanged())
        #expect(identity.context === first)
        try place.put(Self.pair("other.example.org"))
        #expect(try identity.reloadIfChanged())
        #expect(identity.context !== first)
    }

    @Test func `one file may hold both, and is replaced in one instant`() throws {
        let place = try Place(), pair = try Self.pair()
        try place.put(chain: pair.privateKey + pair.chain, key: "")
        _ = try ServerIdentity(CertificateFiles(chain: place.files.chain, privateKey: place.files.chain))
    }

    @Test func `a broken, half-renewed or vanished certificate leaves the old one in use and says why`() throws {
        let place = try Place(), pair = try Self.pair(), other = try Self.pair()
        try place.put(pair)
        let identity = try ServerIdentity(place.files)
        let first = identity.context
        func fault(_ chain: String, _ key: String) throws -> CertificateFault {
            try place.put(chain: chain, key: key)
            return try #require(throws: CertificateFault.self) { try identity.reloadIfChanged() }
        }
        #expect(try fault("nonsense", pair.privateKey) == .noCertificate(file: place.files.chain))
        #expect(try fault(pair.chain, "nonsense") == .noKey(file: place.files.privateKey))
        #expect(try fault(pair.chain, other.privateKey) == .keyOfAnother(chain: place.files.chain, key: place.files.privateKey))
        #expect(try fault(pair.chain, Self.locked) == .lockedKey(file: place.files.privateKey))
        try FileManager.default.removeItem(atPath: place.files.privateKey)
        let gone = try #require(throws: CertificateFault.self) { try identity.reloadIfChanged() }
        #expect(gone == .unreadable(file: place.files.privateKey, reason: "No such file or directory"))
        #expect(identity.context === first)
    }

    @Test func `a file too large is not read whole`() throws {
        let place = try Place()
        try place.put(chain: String(repeating: "x", count: 1 << 21), key: "")
        #expect(throws: CertificateFault.unreadable(file: place.files.chain, reason: "it is larger than a megabyte")) { try ServerIdentity(place.files) }
    }

    @Test func `a peer that does not answer the end of a connection holds it up for a second`() throws {
        let place = try Place()
        try place.put(Self.pair())
        var trusting = TLSConfiguration.client
        trusting.certificateVerification = .none
        let server = try Self.channel(NIOSSLServerHandler(context: ServerIdentity(place.files).context))
        let client = try Self.channel(NIOSSLClientHandler(context: NIOSSLContext(configuration: trusting), serverHostname: nil))
        var hasMore = true
        while hasMore {
            let isToServer = try Self.carry(from: client, to: server), isToClient = try Self.carry(from: server, to: client)
            hasMore = isToServer || isToClient
        }
        server.close(promise: nil)
        #expect(server.isActive)
        server.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!server.isActive)
    }

    private static func channel(_ handler: any ChannelHandler) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(handler)
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 5061), promise: nil)
        return channel
    }

    /// Whether there was anything to carry.
    private static func carry(from one: EmbeddedChannel, to other: EmbeddedChannel) throws -> Bool {
        var hasCarried = false
        while let octets = try one.readOutbound(as: ByteBuffer.self) {
            try other.writeInbound(octets)
            hasCarried = true
        }
        return hasCarried
    }

    @Test func `every fault has a sentence and advice`() {
        let faults: [CertificateFault] = [
            .unreadable(file: "a", reason: "b"), .noCertificate(file: "a"), .noKey(file: "a"), .lockedKey(file: "a"), .keyOfAnother(chain: "a", key: "b"),
            .refused(chain: "a", reason: "b"),
        ]
        for fault in faults { #expect(fault.description.contains("a") && fault.advice.hasSuffix(".")) }
    }

    /// The beginning of a key under a passphrase, as openssl writes it; no more is needed to tell.
    private static let locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg=\n-----END ENCRYPTED PRIVATE KEY-----\n"
}
