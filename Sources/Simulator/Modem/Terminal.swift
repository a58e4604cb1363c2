/// The terminal side: command lines in, answers out (ITU-T V.250 §5).
extension VirtualModem {
    private static let controlZ: UInt8 = 0x1A
    private static let escape: UInt8 = 0x1B
    private static let lineEnd = Array("\r\n".utf8)

    mutating func receive(_ octet: UInt8) {
        switch mode {
        case .deaf:
            break
        case .waiting:
            if typedAhead.count < VirtualModem.inputLimit { typedAhead.append(octet) }
        case .text:
            receiveText(octet)
        case .command:
            if settings.echo, octet != UInt8(ascii: "\n") { transmit([octet]) }
            if let line = editor.type(octet), let requests = CommandLine.parse(line) { run(requests[...]) }
        }
    }

    /// Carries out commands until one fails or has to wait; `OK` when all are through.
    mutating func run(_ requests: ArraySlice<CommandRequest>) {
        var rest = requests
        while let request = rest.popFirst() {
            switch perform(request) {
            case .done(let lines): inform(lines)
            case .failed(let error): return finish(error.line(style: settings.errorStyle))
            case .result(let text): return finish(text)
            case .prompt(let entry):
                remainder = rest
                return open(entry)
            case .underway:
                remainder = rest
                mode = .waiting
                return
            case .restart:
                finish("OK")
                return reboot(silence: .milliseconds(300))
            }
        }
        finish("OK")
    }

    private mutating func perform(_ request: CommandRequest) -> Answer {
        if let vendor = personality.command(named: request.name) { return vendor.action(&self, request.form) }
        if personality.unknown.contains(request.name) { return .result(personality.unknownCommand) }
        guard let command = CommandTable.standard[request.name] else { return .result(personality.unknownCommand) }
        return command.action(&self, request.form)
    }

    /// The command that waited is through: its lines, then the rest of its command line, then what was typed meanwhile.
    mutating func resume(_ answer: Answer) {
        mode = .command
        switch answer {
        case .done(let lines):
            inform(lines)
            let rest = remainder
            remainder = []
            run(rest)
        case .failed(let error):
            remainder = []
            finish(error.line(style: settings.errorStyle))
        case .result, .prompt, .underway, .restart:
            remainder = []
        }
        replayTypedAhead()
    }

    /// The command ends without a word.
    mutating func resumeSilently() {
        mode = .command
        remainder = []
        releaseHeldBack()
        replayTypedAhead()
    }

    private mutating func replayTypedAhead() {
        let octets = typedAhead
        typedAhead = []
        for octet in octets { receive(octet) }
    }

    // MARK: Text after a prompt

    private mutating func open(_ entry: TextEntry) {
        var entry = entry
        let fault = plan.prompt
        plan.prompt = nil
        entry.isEndless = fault == .endless
        mode = .text(entry)
        switch fault {
        case .late(let delay): arm(.prompt, after: delay)
        case .missing: break
        case .endless, nil: transmitPrompt()
        }
    }

    mutating func transmitPrompt() {
        guard case .text = mode else { return }
        transmit(Array("\r\n> ".utf8))
    }

    private mutating func receiveText(_ octet: UInt8) {
        guard case .text(var entry) = mode else { return }
        switch octet {
        case VirtualModem.escape:
            disarm(.prompt)
            resume(.ok)
        case VirtualModem.controlZ where entry.isEndless:
            break
        case VirtualModem.controlZ:
            disarm(.prompt)
            finish(entry)
        default:
            if settings.echo { transmit([octet]) }
            if case .text = entry.subject, octet == UInt8(ascii: "\r") { transmit(Array("\r\n> ".utf8)) }
            mode = .waiting  // so that the octets are added in place
            if entry.octets.count < VirtualModem.inputLimit { entry.octets.append(octet) }
            mode = .text(entry)
            pullCable(afterTextOctets: entry.octets.count)
        }
    }

    private mutating func pullCable(afterTextOctets count: Int) {
        guard let planned = plan.disconnect, count >= planned.afterTextOctets else { return }
        plan.disconnect = nil
        unplug(for: planned.duration)
    }

    private mutating func finish(_ entry: TextEntry) {
        mode = .waiting
        switch entry.purpose {
        case .send: submit(entry)
        case .write(let status): write(entry, as: status)
        case .acknowledge:
            acknowledgeByTerminal()
            resume(.ok)
        }
    }

    // MARK: Octets out

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
