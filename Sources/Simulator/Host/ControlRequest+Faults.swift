import Wire

/// Names of the control interface and what they stand for.
extension ControlRequest {
    var delay: Duration? {
        guard let seconds, seconds.isFinite, (0...86_400).contains(seconds) else { return nil }
        return .milliseconds(Int64(seconds * 1000))
    }

    func modemFault() throws(Refusal) -> Fault {
        switch try fault.required("fault") {
        case "hang": .hang(for: delay)
        case "disconnect": .disconnect(afterTextOctets: try octets.required("octets"), for: delay)
        case "vanish": .vanish(for: delay)
        case "plug": .plug
        case "reboot": .reboot(silence: delay ?? .milliseconds(500))
        case "trickle": .trickle(every: delay ?? .milliseconds(1))
        case "storm": .storm(line: text ?? "^BOOT:27710117,0,0,0,75", every: delay ?? .seconds(1))
        case "announce": .announce(line: try text.required("text"))
        case "interrupt": .interrupt(line: text ?? "^RSSI:18")
        case "noise": .noise(try hexOctets())
        case "echo": .echo
        case "negativeIndex": .negativeIndex
        case "latePrompt": .latePrompt(after: delay ?? .seconds(3))
        case "missingPrompt": .missingPrompt
        case "endlessPrompt": .endlessPrompt
        case "loseAnswer": .loseAnswer(times: times ?? 1)
        case "lateAnswer": .lateAnswer(after: delay ?? .seconds(3))
        case "cms": .refuse(.message(try code.required("code")), times: times ?? 1)
        case "cme": .refuse(.equipment(try code.required("code")), times: times ?? 1)
        case "simAbsent": .card(.absent)
        case "simPresent": .card(.present)
        case "simBusy": .card(.busy)
        case "simReady": .card(.ready)
        case "simPIN": .card(.pin(tries: tries ?? 3))
        case "simPUK": .card(.pin(tries: 0))
        case "capacity": .capacity(try memoryMeant(), try places.required("places"))
        case "coverage": .coverage(try code.required("code"))
        case "heal": .heal
        case let name: throw Refusal(reason: "no fault is called \(name)")
        }
    }

    func airFault() throws(Refusal) -> AirFault {
        switch try fault.required("fault") {
        case "duplicateSegment": .duplicateSegment(segment ?? 1)
        case "missingSegment": .missingSegment(segment ?? 1)
        case "reversed": .reversed
        case "wrongCoding": .wrongCoding
        case "zone": .zone(try code.required("code"))
        case "refuse": .refuse(cause: try code.required("code"), times: times ?? 1)
        case let name: throw Refusal(reason: "no fault of the air is called \(name)")
        }
    }

    func reportPolicy() throws(Refusal) -> ReportPolicy {
        let delay = delay ?? .milliseconds(100)
        return switch try outcome.required("outcome") {
        case "delivered": .delivered(after: delay)
        case "failed": .failed(after: delay)
        case "delayed": .delayed(after: delay)
        case "none": .none
        case let name: throw Refusal(reason: "outcome: delivered, failed, delayed or none expected, not \(name)")
        }
    }

    func outsidePhone() throws(Refusal) -> OutsidePhone {
        switch try mode.required("mode") {
        case "silent": .silent
        case "echo": .echo
        case "script": .script(try script.required("script"))
        case let name: throw Refusal(reason: "mode: silent, echo or script expected, not \(name)")
        }
    }

    private func hexOctets() throws(Refusal) -> [UInt8] {
        do {
            return try Hex.decode(try hex.required("hex"))
        } catch {
            throw Refusal(reason: "\(error)")
        }
    }

    private func memoryMeant() throws(Refusal) -> MessageStore.Memory {
        guard let memory = MessageStore.Memory(rawValue: memory ?? "SM") else { throw Refusal(reason: "memory: SM, ME, SR or MT expected") }
        return memory
    }
}
