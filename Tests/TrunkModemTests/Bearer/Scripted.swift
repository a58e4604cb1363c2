import AT
import Carriers
import Synchronization

@testable import TrunkModem

/// A bearer that a test holds in its hands.
actor ScriptedBearer: Bearer {
    private(set) var opened = 0
    private(set) var released = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var error: BearerError?
    private var isHeld = false

    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        opened += 1
        if isHeld { await withCheckedContinuation { waiting.append($0) } }
        if let error { throw error }
        return BearerContext(interface: "scripted\(opened)")
    }

    func release() async { released += 1 }

    func hold() { isHeld = true }
    func letGo(throwing error: BearerError? = nil) {
        isHeld = false
        self.error = error
        for one in waiting { one.resume() }
        waiting = []
    }
}

/// Programs whose output is scripted by what their command line begins with; success without a word for the rest.
final class ScriptedPrograms: Programs {
    private let answers: [(beginning: String, result: ProgramResult)]
    private let staying: [(beginning: String, lines: [String])]
    private let state = Mutex<[String]>([])
    private let ended = Mutex(0)

    init(_ answers: [(String, ProgramResult)] = [], staying: [(String, [String])] = []) {
        self.answers = answers.map { (beginning: $0.0, result: $0.1) }
        self.staying = staying.map { (beginning: $0.0, lines: $0.1) }
    }

    /// Every command line in order.
    var calls: [String] { state.withLock { $0 } }
    var stopped: Int { ended.withLock { $0 } }

    func run(_ call: ProgramCall, within limit: Duration) async throws(BearerError) -> ProgramResult {
        state.withLock { $0.append(call.description) }
        return answers.first { call.description.contains($0.beginning) }?.result ?? ProgramResult(status: 0)
    }

    func stay(_ call: ProgramCall) throws(BearerError) -> StayingProgram {
        state.withLock { $0.append(call.description) }
        let lines = staying.first { call.description.hasPrefix($0.beginning) }?.lines ?? []
        return StayingProgram(
            lines: AsyncStream { said in
                for line in lines { said.yield(line) }
                said.finish()
            },
            stop: { self.ended.withLock { $0 += 1 } })
    }
}

/// A modem that answers by what the command begins with, `OK` to the rest.
final class ScriptedCommands: ModemCommands {
    private let answers: [(beginning: String, reply: Reply)]
    private let isPresent: Bool
    private let state = Mutex<[String]>([])

    init(_ answers: [(String, Reply)] = [], isPresent: Bool = true) {
        self.answers = answers.map { (beginning: $0.0, reply: $0.1) }
        self.isPresent = isPresent
    }

    var commands: [String] { state.withLock { $0 } }

    func perform(_ command: AT.Command) async -> Reply? {
        guard isPresent else { return nil }
        state.withLock { $0.append(command.text) }
        return answers.first { command.text.hasPrefix($0.beginning) }?.reply ?? Reply(completion: .result(.ok))
    }
}

extension CarrierProfile {
    static let example = CarrierProfile(name: "Example", apn: "mms.example", user: "guest", password: "secret", mmsc: "http://mmsc.example/")
}
