import Exchange
import HTTPStack
import Telephony

/// `POST /webhook/sms-gate/<line>`: takes what the app tells, signed.
struct SMSGateRoute: Sendable {
    /// Octets of an event: the pictures of a message, as JSON carries them.
    static let bodyLimit = 24 * 1024 * 1024
    /// How far the phone's clock may be from ours. What is told again says nothing new, so there is no harm in much.
    static let clockSkew: Duration = .seconds(3600)
    /// The app waits 30 seconds, and comes again for two days.
    static let patience: Duration = .seconds(10)

    private let settings: SMSGateSettings
    private let context: HandsetContext
    private let secret: SharedSecret
    private let room = OctetBudget(limit: 64 * 1024 * 1024)
    private let pictures: SMSGateWaitingPictures
    private let started: @Sendable () -> Void

    /// - Parameter started: the app began to run.
    init(settings: SMSGateSettings, context: HandsetContext, pictures: SMSGateWaitingPictures, started: @escaping @Sendable () -> Void) {
        self.settings = settings
        self.context = context
        self.pictures = pictures
        self.started = started
        secret = SharedSecret(settings.signingKey, clock: context.clock)
    }

    static func path(of line: LineID) -> String { "/webhook/sms-gate/\(line.name)" }

    var operation: Operation {
        Operation(.post, Self.path(of: context.line), access: .own, reading: Self.bodyLimit) { request, body in
            guard let timestamp = request.header("X-Timestamp"), let signature = request.header("X-Signature"), timestamp.utf8.count <= 20,
                signature.utf8.count == 64
            else { return .error(401, "Unauthorized") }
            return try await room.read(body, from: request.source) { octets in
                do {
                    try secret.check(code: Self.octets(hex: signature), of: octets + Array(timestamp.utf8), from: request.source)
                } catch let problem as Problem {
                    return .refusal(problem)
                }
                room.know(request.source)
                guard let seconds = Int64(timestamp), isNow(seconds) else { return .error(401, "The signature's time is not now: look at the phone's clock") }
                return try await take(octets)
            }
        }
    }

    private func isNow(_ seconds: Int64) -> Bool {
        guard (0...253_402_300_799).contains(seconds) else { return false }
        let age = context.mint.now() - Instant(seconds: seconds)
        return age <= Self.clockSkew && age >= .zero - Self.clockSkew
    }

    private func take(_ octets: [UInt8]) async throws -> Response {
        let envelope: SMSGateEnvelope
        do {
            envelope = try SMSGateEnvelope(decoding: octets)
        } catch {
            return .error(400, error.words)
        }
        let arrivals = envelope.arrivals(for: settings)
        if !arrivals.isEmpty { try await context.record(arrivals, patience: Self.patience) }
        if settings.takes(sim: envelope.sim) { note(envelope.event) }
        return .json(200, ["status": "ok"])
    }

    private func note(_ event: SMSGateEvent) {
        switch event {
        case .started: started()
        case .announced(let sender): pictures.announce(from: sender, at: context.mint.now())
        case .message(kind: "mms", _, let message): pictures.came(from: message.sender)
        case .message, .sent, .report, .other: break
        }
    }

    /// Octets of hex digits in either case; nil for anything else.
    private static func octets(hex: String) -> [UInt8]? {
        let digits = hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == hex.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
