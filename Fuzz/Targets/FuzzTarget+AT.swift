import AT
import Wire

extension FuzzTarget {
    /// However the octets are cut they give the same frames; every command in flight meets them without a trap, and is answered exactly
    /// once when its timers have run out; nothing is written that was not asked for.
    static func at(_ octets: [UInt8]) -> String? {
        var whole = LineFramer(limit: 512)
        var drip = LineFramer(limit: 512)
        let frames = whole.feed(octets)
        guard frames == octets.flatMap({ drip.feed(CollectionOfOne($0)) }) else { return "cutting the octets otherwise gives other frames" }
        for case .line(let line) in frames { read(line) }
        for command in commands {
            if let complaint = complaint(about: frames, while: command) { return complaint }
        }
        return nil
    }

    /// One command in flight while the frames come.
    private static func complaint(about frames: [LineFramer.Frame], while command: Command) -> String? {
        var conversation = Conversation()
        conversation.open()
        guard conversation.session.isIdle else { return "a new session does not become ready" }
        conversation.tell(.event(.issue(command)))
        for frame in frames { conversation.tell(.event(.frame(frame))) }
        conversation.runOut()
        if conversation.answers != 1 { return "\(command) was answered \(conversation.answers) times" }
        if conversation.controlZs != conversation.submissions { return "\(conversation.controlZs) Ctrl-Z for \(conversation.submissions) submissions" }
        conversation.tell(.event(.disconnected))
        return conversation.armed.isEmpty ? nil : "timers run after the end: \(conversation.armed)"
    }

    private static let commands: [Command] =
        [.listMessages, .registration, .identification, .pinState] + [try? Command.submit(pdu: [0, 1, 0, 2, 0x81, 0x21, 0, 0, 0])].compactMap { $0 }

    /// Every reader of a line, whatever the line was meant for.
    private static func read(_ line: String) {
        _ = (ResultCode(line: line), Unsolicited(line: line), SIMState(line: line), SignalReading(line: line), OperatorSelection(line: line))
        _ = (Registration(line: line, form: .answer), Registration(line: line, form: .notification), NetworkTime(line: line), IMEI(line))
        _ = (NotificationSetting(line: line), NotificationChoices(line: line), MessageReference(line: line), USSDAnswer(line: line))
        _ = (PhoneNumber(serviceCentre: line), PhoneNumber(own: line), StorageUse.all(line: line), StoredMessage(Reply.Line(line)))
        _ = ParameterSets(line, after: "+CPMS:")
        for form in [PINTries.Form.standard, .huawei, .quectel, .list(prefix: "+SPIC:", pukAt: 1)] { _ = PINTries(lines: [line], form: form) }
    }

    /// An argument that is taken adds no command and no line: it is printable, quoted at both ends and nowhere in between.
    static func argument(_ octets: [UInt8]) -> String? {
        let text = String(decoding: octets, as: UTF8.self)
        let commands = [
            (try? CommandArgument(quoting: text)).map { Command.ussd($0, coding: 15) },
            (try? CommandArgument(number: text)).map(Command.setServiceCentre),
            (try? CommandArgument(pin: text)).map(Command.enterPIN),
        ]
        for command in commands.compactMap(\.self) {
            let line = Array(command.text.utf8)
            guard line.allSatisfy({ (0x20...0x7E).contains($0) }) else { return "an octet that is not printable in \(line)" }
            guard line.count(where: { $0 == UInt8(ascii: "\"") }) == 2 else { return "quotes that do not enclose one text in \(line)" }
        }
        return nil
    }
}
