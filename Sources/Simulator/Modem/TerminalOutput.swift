/// What the terminal is told (ITU-T V.250 §5.7).
extension VirtualModem {
    private static let lineEnd = Array("\r\n".utf8)

    /// Information lines of an answer.
    mutating func inform(_ lines: [String]) {
        guard !lines.isEmpty, !settings.quiet else { return }
        var lines = lines
        var interruption = ""
        if lines.count > 1, let line = plan.interruption {
            plan.interruption = nil
            interruption = "\r\n\(line)\r\n"
            transmit(Array("\r\n\(lines.removeFirst())\r\n\(interruption)".utf8))
            transmit(Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
            return
        }
        let head = settings.verbose ? "\r\n" : ""
        transmit(Array((head + lines.joined(separator: "\r\n") + "\r\n").utf8))
    }

    /// The final result; whatever was held back follows it.
    mutating func finish(_ result: String) {
        if !settings.quiet {
            let text = settings.verbose ? "\r\n\(result)\r\n" : "\(VirtualModem.number(of: result))\r"
            transmit(Array(text.utf8))
        }
        if mode == .command { releaseHeldBack() }
    }

    /// Result codes as `ATV0` numbers them (ITU-T V.250 §5.7.1).
    private static func number(of result: String) -> String {
        switch result {
        case "OK": "0"
        case "CONNECT": "1"
        case "NO CARRIER": "3"
        case "ERROR": "4"
        case "NO DIALTONE": "6"
        case "BUSY": "7"
        default: result
        }
    }

    /// Lines nobody asked for. They wait while a prompt or an answer is open.
    mutating func announce(_ lines: [String]) {
        announceOctets(Array(lines.joined(separator: "\r\n").utf8))
    }

    /// The same for text that is not UTF-8.
    mutating func announceOctets(_ octets: [UInt8]) {
        switch mode {
        case .deaf: break
        case .text, .waiting: if heldBack.count < 64 { heldBack.append(octets) }
        case .command: transmit(VirtualModem.lineEnd + octets + VirtualModem.lineEnd)
        }
    }

    mutating func releaseHeldBack() {
        let waiting = heldBack
        heldBack = []
        for octets in waiting { announceOctets(octets) }
    }

    /// Octets for the terminal, at once or one by one.
    mutating func transmit(_ octets: [UInt8]) {
        guard mode != .deaf else { return }
        if let interval = plan.trickle {
            if trickling.isEmpty { arm(.trickle, after: interval) }
            trickling += octets
        } else {
            say(octets)
        }
    }
}
