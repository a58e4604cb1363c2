import Runtime
import Synchronization

/// A modem whose answers a test writes down. It echoes until told not to, shows a prompt for `AT+CMGS`, and keeps every octet it is sent.
final class ScriptedModem: SerialPorts {
    /// What becomes of a PDU at the prompt.
    enum Submission: Sendable {
        case answers(String)
        /// Takes it and says nothing.
        case silence
        /// Takes it and is gone.
        case unplugs
        /// Takes Ctrl-Z for text: the prompt goes on.
        case endless
    }

    fileprivate struct State {
        var answers: [String: [String]] = [:]
        var submissions: [Submission] = []
        var prompt: String? = "\r\n> "
        var log: [UInt8] = []
        var commands: [String] = []
        var pdus: [String] = []
        var pending: [UInt8] = []
        var isPrompting = false
        var isEchoing = true
        var isPlugged = true
        var isSilent = false
        var chunk = Int.max
        var reference = 0
        var place = SerialPlace.device(path: "/dev/ttyUSB0")
        var inbound: AsyncThrowingStream<[UInt8], any Error>.Continuation?
        var openings = 0
        var denials = 0
        var unplugsAfter: Int?
    }

    private let state = Mutex(State())

    init(_ answers: [String: String] = [:]) {
        state.withLock { state in
            for (command, answer) in Self.usual.merging(answers, uniquingKeysWith: { $1 }) { state.answers[command] = [answer] }
        }
    }

    static let usual: [String: String] = [
        "AT": "OK", "ATE0": "OK", "ATV1": "OK", "AT+CMEE=1": "OK", "AT+CGMI": "Acme\nOK", "AT+CGMM": "Modem 1\nOK", "AT+CGMR": "1.0\nOK",
        "AT+CGSN": "490154203237518\nOK", "AT+CFUN?": "+CFUN: 1\nOK", "AT+CPIN?": "+CPIN: READY\nOK", "AT+CMGF=0": "OK",
        "AT+CPMS=?": "+CPMS: (\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")\nOK", "AT+CPMS=\"SM\",\"SM\",\"SM\"": "+CPMS: 0,20,0,20,0,20\nOK",
        "AT+CPMS=\"ME\",\"ME\",\"ME\"": "+CPMS: 0,100,0,100,0,100\nOK", "AT+CPMS?": "+CPMS: \"SM\",0,20,\"SM\",0,20,\"SM\",0,20\nOK",
        "AT+CNMI=?": "+CNMI: (0-3),(0-3),(0,2),(0-2),(0,1)\nOK", "AT+CNMI=2,1,0,2,0": "OK", "AT+CNMI=2,2,0,2,0": "OK",
        "AT+CSMS=1": "+CSMS: 1,1,1\nOK",
        "AT+CREG=2": "OK", "AT+CGREG=2": "OK", "AT+COPS=3,0": "OK", "AT+CSCS=\"GSM\"": "OK", "AT+CUSD=1": "OK", "AT+CIMI": "310150123456789\nOK",
        "AT+CCID": "+CCID: 8901150123456789012\nOK", "AT+CSCA?": "+CSCA: \"+15550100000\",145\nOK", "AT+CNUM": "+CNUM: ,\"+15550100100\",145\nOK",
        "AT+CREG?": "+CREG: 2,1,\"00C3\",\"0000AB12\",2\nOK", "AT+CSQ": "+CSQ: 17,99\nOK", "AT+COPS?": "+COPS: 0,0,\"Acme Mobile\",2\nOK",
        "AT+CMGL=4": "OK",
        "AT+CMMS=2": "OK", "AT+CNMA=0": "OK", "AT+CUSD=2": "OK",
    ]

    // MARK: What a test says

    /// Answers of one command: each is used once, the last for ever.
    func set(_ command: String, _ answers: String...) { state.withLock { $0.answers[command] = answers } }
    func submit(_ submissions: Submission...) { state.withLock { $0.submissions = submissions } }
    func prompt(_ prompt: String?) { state.withLock { $0.prompt = prompt } }
    func cut(into size: Int) { state.withLock { $0.chunk = size } }
    func silence() { state.withLock { $0.isSilent = true } }
    func speak() { state.withLock { $0.isSilent = false } }
    func move(to path: String) { state.withLock { $0.place = .device(path: path) } }
    func plug() { state.withLock { $0.isPlugged = true } }
    /// The next attempts to open it fail, as until the system gave it its owner.
    func deny(times: Int) { state.withLock { $0.denials = times } }
    /// Gone after so many more octets.
    func unplug(after octets: Int) { state.withLock { $0.unplugsAfter = octets } }

    func unplug() {
        let inbound = state.withLock { state in
            state.isPlugged = false
            defer { state.inbound = nil }
            return state.inbound
        }
        inbound?.finish()
    }

    /// Shows its prompt now, as one that is late does.
    func promptNow() {
        state.withLock { $0.isPrompting = true }
        send("\r\n> ")
    }

    /// Octets as they are.
    func emit(_ octets: [UInt8]) { state.withLock(\.inbound)?.yield(octets) }

    /// Sends lines by itself.
    func say(_ lines: String...) {
        for line in lines { send("\r\n\(line)\r\n") }
    }

    // MARK: What a test reads

    var commands: [String] { state.withLock(\.commands) }
    var pdus: [String] { state.withLock(\.pdus) }
    var octets: [UInt8] { state.withLock(\.log) }
    var openings: Int { state.withLock(\.openings) }
    func count(of command: String) -> Int { commands.count { $0 == command } }
    func forget() {
        state.withLock { state in
            state.commands = []
            state.pdus = []
            state.log = []
        }
    }

    // MARK: SerialPorts

    func candidates() -> [SerialPlace] { state.withLock { $0.isPlugged ? [$0.place] : [] } }

    func isPluggedIn(_ place: SerialPlace) -> Bool { candidates().contains(place) }

    func withPort<Result: Sendable>(at place: SerialPlace, _ body: @Sendable (SerialPort) async throws -> Result) async throws -> Result {
        let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        try state.withLock { state throws(SerialError) in
            guard state.isPlugged, state.place == place else { throw .absent(place) }
            guard state.denials == 0 else {
                state.denials -= 1
                throw .denied(place)
            }
            state.inbound = continuation
            state.isEchoing = true
            state.isPrompting = false
            state.pending = []
            state.openings += 1
        }
        defer { continuation.finish() }
        return try await body(
            SerialPort(inbound: stream, send: { [weak self] in try self?.receive($0) }, hangUp: { continuation.finish() }))
    }

    private struct Gone: Error {}

    private func receive(_ octets: [UInt8]) throws {
        for octet in octets {
            let (isPlugged, reply) = state.withLock { state -> (Bool, String?) in
                guard state.isPlugged else { return (false, nil) }
                state.log.append(octet)
                if let left = state.unplugsAfter {
                    state.unplugsAfter = left > 1 ? left - 1 : nil
                    if left <= 1 { return (false, nil) }
                }
                return (true, state.take(octet))
            }
            guard isPlugged else {
                unplug()
                throw Gone()
            }
            if let reply { send(reply) }
        }
    }

    private func send(_ text: String) {
        let (inbound, chunk, isSilent) = state.withLock { ($0.inbound, $0.chunk, $0.isSilent) }
        guard !isSilent else { return }
        let octets = Array(text.utf8)
        for start in stride(from: 0, to: octets.count, by: min(chunk, max(1, octets.count))) {
            inbound?.yield(Array(octets[start..<min(octets.count, start + min(chunk, octets.count))]))
        }
    }
}

extension ScriptedModem.State {
    fileprivate mutating func take(_ octet: UInt8) -> String? {
        switch (octet, isPrompting) {
        case (0x1B, true):
            isPrompting = false
            pending = []
            return "\r\nOK\r\n"
        case (0x1B, false):
            pending = []
            return nil
        case (0x1A, true):
            if case .endless = submissions.first {
                submissions.removeFirst()
                pending.append(octet)
                return nil
            }
            isPrompting = false
            defer { pending = [] }
            return submitted(String(decoding: pending, as: UTF8.self))
        case (0x0D, false):
            defer { pending = [] }
            return answer(String(decoding: pending, as: UTF8.self))
        default:
            pending.append(octet)
            return nil
        }
    }

    private mutating func answer(_ command: String) -> String? {
        guard !command.isEmpty else { return nil }
        commands.append(command)
        let echo = isEchoing ? command + "\r" : ""
        if command == "ATE0" { isEchoing = false }
        if command.hasPrefix("AT+CMGS=") {
            guard let prompt else { return echo }
            isPrompting = prompt.contains(">")
            return echo + prompt
        }
        var texts = answers[command] ?? [command.hasPrefix("AT+CMGD=") ? "OK" : "ERROR"]
        let text = texts.count > 1 ? texts.removeFirst() : texts[0]
        answers[command] = texts
        guard text != "…" else { return echo }
        return echo + text.split(separator: "\n").map { "\r\n\($0)\r\n" }.joined()
    }

    private mutating func submitted(_ pdu: String) -> String? {
        pdus.append(pdu)
        reference += 1
        let submission = submissions.isEmpty ? .answers("+CMGS: \(reference)\nOK") : submissions.removeFirst()
        switch submission {
        case .answers(let text):
            return text.split(separator: "\n").map { "\r\n\($0)\r\n" }.joined()
        case .silence, .endless:
            return nil
        case .unplugs:
            unplugsAfter = 1
            return nil
        }
    }
}
