import Wire

/// A notification in quotes whose text holds line ends, as USSD menus do.
struct Continuation: Equatable, Sendable {
    /// More than any USSD text (182 characters) in any writing.
    static let limit = 4096

    var text: String
    /// The text ends in a prompt's look-alike, which no line end follows.
    var isOpen = false

    mutating func append(_ line: String) {
        text += isOpen ? line : "\n" + line
        isOpen = false
    }

    mutating func appendPrompt() {
        append("> ")
        isOpen = true
    }
}

extension Session {
    mutating func take(_ line: String) -> [Output<Effect, TimerName>] {
        if continued != nil, let outputs = takeContinuation(line) { return outputs }
        if let header = pending, line.isHexadecimal || line.isSpoiltHexadecimal {
            pending = nil
            return [.disarm(.payload), .effect(.unsolicited(header.with(pdu: line)))]
        }
        if let header = Unsolicited.header(line) {
            let given = giveUpPending()
            pending = header
            return given + [.arm(.payload, after: Timing.payload)]
        }
        if line.hasPrefix("+CUSD:"), line.utf8.count(where: { $0 == UInt8(ascii: "\"") }) == 1 {
            continued = Continuation(text: line)
            return [.arm(.payload, after: Timing.payload)]
        }
        switch state {
        case .closed:
            return []
        case .idle:
            return [report(line)]
        case .prompted(let exchange):
            // Some modems leave a prompt by themselves when nothing comes.
            guard let result = ResultCode(line: line), !result.endsCall else { return [report(line)] }
            return escape(exchange, completion: .result(result == .ok ? .error : result))
        case .running(let exchange):
            return take(line, running: exchange)
        case .awaitingPrompt(let exchange):
            return take(line, awaitingPrompt: exchange)
        case .submitted(let exchange):
            return take(line, submitted: exchange)
        case .resynchronising(let way):
            if let result = ResultCode(line: line), !result.endsCall { return take(result, way) }
            takeLateReference(line, way)
            return line == "AT" || line.hasPrefix("+CMGS:") ? [] : [report(line)]
        }
    }

    private mutating func take(_ line: String, running current: Exchange) -> [Output<Effect, TimerName>] {
        var exchange = current
        if line == exchange.command.text { return [] }
        if exchange.takesPayload(line) {
            state = .running(exchange)
            return []
        }
        if let result = ResultCode(line: line), !result.endsCall || exchange.command.expectation == .call {
            if line.hasPrefix("ERROR+") { exchange.add(line) }
            state = .idle
            return [.disarm(.deadline), answer(exchange, .result(result))]
        }
        guard exchange.command.expects(line) else { return [report(line)] }
        exchange.add(line)
        state = .running(exchange)
        return []
    }

    private mutating func take(_ line: String, awaitingPrompt exchange: Exchange) -> [Output<Effect, TimerName>] {
        if line == exchange.command.text { return [] }
        if let result = ResultCode(line: line), !result.endsCall {
            return escape(exchange, completion: .result(result == .ok ? .error : result))
        }
        return [report(line)]
    }

    private mutating func take(_ line: String, submitted current: Exchange) -> [Output<Effect, TimerName>] {
        var exchange = current
        if let payload = exchange.command.payload, line.hasPrefix(payload) { return [] }
        if let result = ResultCode(line: line), !result.endsCall {
            state = .idle
            return [.disarm(.deadline), answer(exchange, .result(result))]
        }
        guard exchange.command.expects(line) else { return [report(line)] }
        exchange.add(line)
        state = .submitted(exchange)
        return []
    }

    private func report(_ line: String) -> Output<Effect, TimerName> {
        Unsolicited(line: line).map { .effect(.unsolicited($0)) } ?? .effect(.stray(line))
    }

    /// Nil when the line is a result, which a text in quotes hardly is: the closing quote got lost.
    private mutating func takeContinuation(_ line: String) -> [Output<Effect, TimerName>]? {
        guard ResultCode(line: line) == nil else {
            continued = nil
            return nil
        }
        continued?.append(line)
        return endContinuation(at: line)
    }

    private mutating func endContinuation(at line: String) -> [Output<Effect, TimerName>] {
        guard let continuation = continued else { return [] }
        guard continuation.text.utf8.count <= Continuation.limit else {
            continued = nil
            return [.disarm(.payload), .effect(.stray("a text in quotes of more than \(Continuation.limit) octets"))]
        }
        guard line.utf8.contains(UInt8(ascii: "\"")) else { return [] }
        continued = nil
        return [.disarm(.payload), report(continuation.text)]
    }

    mutating func giveUpPending() -> [Output<Effect, TimerName>] {
        defer {
            pending = nil
            continued = nil
        }
        if let continued { return [report(continued.text)] }
        switch pending {
        case .message?: return [.effect(.unsolicited(.messageCutOff))]
        case .report?, .broadcast?: return [.effect(.stray("a notification without its PDU"))]
        case nil: return []
        }
    }
}

extension Session.Exchange {
    /// The line behind a header. Digits are better than whatever else stood there, such as noise; what can be told for a notification or
    /// a result is neither.
    fileprivate mutating func takesPayload(_ line: String) -> Bool {
        guard case .withPayload = command.expectation, let last = lines.last else { return false }
        let held = last.payload
        guard !(held?.isHexadecimal ?? false) else { return false }
        guard line.isHexadecimal || held == nil && isUnknown(line) else { return false }
        setPayload(line)
        return true
    }

    private func isUnknown(_ line: String) -> Bool {
        !command.expects(line) && ResultCode(line: line) == nil && Unsolicited(line: line) == nil
    }
}

extension Command {
    /// Whether a line that is no result belongs to this command's answer.
    func expects(_ line: String) -> Bool {
        switch expectation {
        case .nothing, .call:
            false
        case .bare(let prefix):
            !prefix.isEmpty && line.hasPrefix(prefix) || Unsolicited(line: line) == nil
        case .prefixed(let prefixes):
            prefixes.contains(where: line.hasPrefix) && Registration.form(of: line) != .notification
        case .withPayload(let prefix):
            line.hasPrefix(prefix)
        }
    }
}
