import Runtime
import SMS
import Wire

@testable import Simulator

/// A modem and its network on a clock that only the test moves.
struct Bench {
    static let number = "+4915112345678"
    static let outside = "+15551234567"
    static let noon = 1_795_219_200

    private var modems = Driver<VirtualModem>()
    private var networks = Driver<CellularNetwork>()
    private let modemID: Driver<VirtualModem>.ID
    private let networkID: Driver<CellularNetwork>.ID
    private let start = ContinuousClock.Instant.now
    private var now: ContinuousClock.Instant
    private var pending: [News] = []

    /// What the terminal saw since it last looked.
    private var screen: [UInt8] = []
    /// Complete messages that left, in order.
    private(set) var sent: [SentMessage] = []
    private(set) var plugs: [VirtualModem.Effect] = []
    private(set) var transmissions: [[UInt8]] = []

    private enum News {
        case modem(VirtualModem.Event)
        case network(CellularNetwork.Event)
    }

    init(_ personality: Personality = .generic, sim: SIMCard = SIMCard(number: Bench.number), echo: String = "ATE0\r") {
        now = start
        modemID = modems.start(VirtualModem(personality: personality, sim: sim))
        networkID = networks.start(CellularNetwork())
        tell(.start)
        _ = type(echo)
    }

    var modem: VirtualModem { modems[modemID] ?? VirtualModem(personality: .generic) }
    var network: CellularNetwork { networks[networkID] ?? CellularNetwork() }
    private var unixTime: Int { Bench.noon + Int((now - start).components.seconds) }

    /// What the terminal sees after typing this.
    mutating func type(_ text: String) -> String {
        tell(.typed(Array(text.utf8), at: unixTime))
        return look()
    }

    mutating func look() -> String {
        defer { screen = [] }
        return String(decoding: screen, as: UTF8.self)
    }

    mutating func tell(_ event: VirtualModem.Event) {
        pending.append(.modem(event))
        settle()
    }

    mutating func tell(_ event: CellularNetwork.Event) {
        pending.append(.network(event))
        settle()
    }

    mutating func fault(_ fault: Fault) {
        tell(VirtualModem.Event.fault(fault))
    }

    /// A text from outside, and time for all of its segments.
    mutating func text(_ text: String, from: String = Bench.outside) {
        tell(CellularNetwork.Event.text(from: from, to: Bench.number, text: text, at: unixTime))
        advance(by: .milliseconds(900))
    }

    /// Types a message as a driver does; what came after the PDU.
    mutating func send(_ text: String, to: String = Bench.outside, report: Bool = false) throws -> String {
        var answer = ""
        for segment in try Segmentation.plan(text, reference: .short(7)).segments {
            var submit = Submit(to: try Address(number: to), segment.userData)
            submit.firstOctet.statusReport = report
            let pdu = ModemPDU(.submit(submit)).encode()
            answer += type("AT+CMGS=\(pdu.tpduLength)\r")
            answer += type(pdu.hex + "\u{1A}")
        }
        return answer
    }

    mutating func advance(by duration: Duration) {
        let end = now + duration
        while let next = [modems.nextDeadline, networks.nextDeadline].compactMap({ $0 }).min(), next <= end {
            now = max(now, next)
            carryOut(modems.advance(to: now))
            carryOut(networks.advance(to: now))
            settle()
        }
        now = end
    }

    private mutating func settle() {
        while !pending.isEmpty {
            switch pending.removeFirst() {
            case .modem(let event): carryOut(modems.handle(event, for: modemID, at: now))
            case .network(let event): carryOut(networks.handle(event, for: networkID, at: now))
            }
        }
    }

    private mutating func carryOut(_ steps: [Driver<VirtualModem>.Step]) {
        for case .effect(let effect, _) in steps {
            switch effect {
            case .transmit(let octets):
                screen += octets
                transmissions.append(octets)
            case .submit(let pdu): pending.append(.network(.submitted(pdu, by: Bench.number, at: unixTime)))
            case .acknowledge(let id): pending.append(.network(.acknowledged(id: id, by: Bench.number)))
            case .refuse(let id, let cause): pending.append(.network(.refused(id: id, cause: cause, by: Bench.number)))
            case .memoryAvailable: pending.append(.network(.memoryAvailable(Bench.number)))
            case .attached: pending.append(.network(.attached(Bench.number)))
            case .detached: pending.append(.network(.detached(Bench.number)))
            case .ussd(let text): pending.append(.network(.ussd(text, by: Bench.number)))
            case .ussdCancelled: pending.append(.network(.ussdCancelled(Bench.number)))
            case .unplugged, .plugged: plugs.append(effect)
            }
        }
    }

    private mutating func carryOut(_ steps: [Driver<CellularNetwork>.Step]) {
        for case .effect(let effect, _) in steps {
            switch effect {
            case .incoming(let incoming, Bench.number): pending.append(.modem(.incoming(incoming)))
            case .answered(let answer, Bench.number): pending.append(.modem(.answered(answer)))
            case .ussd(let answer, Bench.number): pending.append(.modem(.ussd(answer)))
            case .zone(let zone, Bench.number): pending.append(.modem(.zone(zone)))
            case .sent(let message): sent.append(message)
            case .incoming, .answered, .ussd, .zone, .unsendable: break
            }
        }
    }
}
