import CPTY
import Glibc
import SMS
import Synchronization

/// A modem on a pseudo-terminal that answers at once, so that what is measured is the driver.
final class PlayedModem: Sendable {
    private struct State {
        var isReady = false
        var stored: [Int: String] = [:]
        var reference = 0
        /// When `+CMGS` was said last, and how long after each the next `AT+CMGS` came.
        var submitted: ContinuousClock.Instant?
        var gaps: [Double] = []
        var isEnding = false
        /// Whether the next prompt is kept back.
        var isHolding = false
    }

    private static let answers: [String: String] = [
        "AT+CGMI": "Bench", "AT+CGMM": "Played", "AT+CGMR": "1", "AT+CGSN": "490154203237518", "AT+CFUN?": "+CFUN: 1", "AT+CPIN?": "+CPIN: READY",
        "AT+CPMS=?": "+CPMS: (\"SM\"),(\"SM\"),(\"SM\")", "AT+CPMS?": "+CPMS: \"SM\",0,20,\"SM\",0,20,\"SM\",0,20",
        "AT+CPMS=\"SM\",\"SM\",\"SM\"": "+CPMS: 0,20,0,20,0,20", "AT+CNMI=?": "+CNMI: (0-3),(0-3),(0,2),(0-2),(0,1)", "AT+CSMS=1": "+CSMS: 1,1,1",
        "AT+CIMI": "310150123456789", "AT+CCID": "+CCID: 8901150123456789012", "AT+CSCA?": "+CSCA: \"+14155550000\",145",
        "AT+CNUM": "+CNUM: ,\"+14155550100\",145", "AT+CREG?": "+CREG: 2,1,\"00C3\",\"0000AB12\",2", "AT+CSQ": "+CSQ: 17,99",
        "AT+COPS?": "+COPS: 0,0,\"Bench\",2",
    ]
    /// Commands that have no answer but OK; what is neither here nor above is refused.
    private static let accepted: Set = ["AT", "ATE0", "ATV1", "ATZ", "AT+CMGF=0", "AT+CNMA"]
    private static let acceptedWithAnything = [
        "AT+CMEE=", "AT+CNMI=", "AT+CREG=", "AT+CGREG=", "AT+CEREG=", "AT+COPS=", "AT+CSCS=", "AT+CUSD=", "AT+CMGL=", "AT+CMMS=", "AT+CNMA=",
        "AT+CMGD=",
    ]

    private let master: Int32
    /// Held open, so that the daemon's closing does not hang the line up.
    private let terminal: Int32
    let path: String
    private let state = Mutex(State())

    init() throws {
        master = cpty_open()
        guard master >= 0 else { throw BenchError.system("posix_openpt") }
        var name = [CChar](repeating: 0, count: 64)
        guard cpty_name(master, &name, UInt(name.count)) == 0 else { throw BenchError.system("ptsname") }
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var settings = termios()
        guard terminal >= 0, tcgetattr(terminal, &settings) == 0 else { throw BenchError.system("open \(path)") }
        cfmakeraw(&settings)
        tcsetattr(terminal, TCSANOW, &settings)
    }

    deinit {
        close(terminal)
        close(master)
    }

    /// The driver has looked through the storage: it serves.
    var isReady: Bool { state.withLock(\.isReady) }
    var gaps: [Double] { state.withLock(\.gaps) }

    /// Keeps prompts back until `release`, so that several texts can gather behind the first.
    func hold() { state.withLock { $0.isHolding = true } }
    func release() { state.withLock { $0.isHolding = false } }
    func end() { state.withLock { $0.isEnding = true } }

    // MARK: Texts for the driver

    /// Hands a text over at once; the moment before its first octet.
    func handOver(_ pdu: ModemPDU.Encoded) -> ContinuousClock.Instant {
        let octets = Array("\r\n+CMT: ,\(pdu.tpduLength)\r\n\(pdu.hex)\r\n".utf8)
        let start = ContinuousClock.now
        say(octets)
        return start
    }

    /// Keeps a text and tells of it; the moment before the first octet.
    func keep(_ pdu: ModemPDU.Encoded, at place: Int) -> ContinuousClock.Instant {
        state.withLock { $0.stored[place] = "+CMGR: 0,,\(pdu.tpduLength)\r\n\(pdu.hex)" }
        let octets = Array("\r\n+CMTI: \"SM\",\(place)\r\n".utf8)
        let start = ContinuousClock.now
        say(octets)
        return start
    }

    // MARK: Commands of the driver

    /// Answers commands until `end`; runs on a thread of its own.
    func run() {
        var line: [UInt8] = []
        var isPrompting = false
        var buffer = [UInt8](repeating: 0, count: 4096)
        var readiness = Readiness([master])
        while !state.withLock(\.isEnding) {
            guard let ready = try? readiness.wait(milliseconds: 100), !ready.isEmpty else { continue }
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else {
                usleep(1000)
                continue
            }
            for octet in buffer[..<count] {
                switch (octet, isPrompting) {
                case (0x1A, true):
                    isPrompting = false
                    line = []
                    takeSubmission()
                case (0x1B, _):
                    isPrompting = false
                    line = []
                case (0x0D, false):
                    isPrompting = answer(String(decoding: line, as: UTF8.self))
                    line = []
                case (0x0A, false):
                    break
                default:
                    line.append(octet)
                }
            }
        }
    }

    /// True when the prompt was shown and a PDU follows.
    private func answer(_ command: String) -> Bool {
        if command.hasPrefix("AT+CMGS=") {
            let now = ContinuousClock.now
            state.withLock { state in
                if let submitted = state.submitted { state.gaps.append((now - submitted).milliseconds) }
                state.submitted = nil
            }
            while state.withLock({ $0.isHolding && !$0.isEnding }) { usleep(1000) }
            say(Array("\r\n> ".utf8))
            return true
        }
        if command.hasPrefix("AT+CMGR="), let place = Int(command.dropFirst(8)) {
            let stored = state.withLock { $0.stored[place] }
            finish(stored.map { "\r\n\($0)\r\n\r\nOK\r\n" } ?? "\r\n+CMS ERROR: 321\r\n")
        } else if let answer = Self.answers[command] {
            finish("\r\n\(answer)\r\n\r\nOK\r\n")
        } else if Self.accepted.contains(command) || Self.acceptedWithAnything.contains(where: command.hasPrefix) {
            finish("\r\nOK\r\n")
            if command.hasPrefix("AT+CMGL=") { state.withLock { $0.isReady = true } }
        } else if !command.isEmpty {
            finish("\r\nERROR\r\n")
        }
        return false
    }

    private func takeSubmission() {
        let reference = state.withLock { state in
            state.reference = (state.reference + 1) % 256
            return state.reference
        }
        let octets = Array("\r\n+CMGS: \(reference)\r\n\r\nOK\r\n".utf8)
        let now = ContinuousClock.now
        state.withLock { $0.submitted = now }
        say(octets)
    }

    private func finish(_ text: String) { say(Array(text.utf8)) }

    private func say(_ octets: [UInt8]) {
        var sent = 0
        while sent < octets.count {
            let count = octets[sent...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 { sent += count } else { usleep(200) }
        }
    }
}
