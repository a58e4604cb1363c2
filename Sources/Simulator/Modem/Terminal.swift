/// The terminal side: octets to command lines, and those to answers (ITU-T V.250 §5).
extension VirtualModem {
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
}
