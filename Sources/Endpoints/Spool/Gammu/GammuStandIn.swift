import SMS
import Spooling
import Telephony
import Wire

/// In place of gammu-smsd with its FILES service.
struct GammuStandIn: StandIn {
    /// `InboxFormat`.
    enum Format: String, CaseIterable {
        case standard, unicode, detail
    }

    let program = "gammu-smsd"
    var format = Format.unicode
    /// `PhoneID`, for the owner's program.
    var phone = ""

    func files(of text: BroughtText, isTaken: (String) -> Bool) -> [StandInFile] {
        func name(_ serial: Int, _ part: Int) -> String {
            GammuInboxName(time: text.sent, serial: serial, sender: SpoolName.piece(text.sender), part: part).description
        }
        // A reader may have taken the first piece of another text away, and not yet the rest.
        let parts = format == .detail ? 1 : text.segments.count
        let serial = (0..<10_000).first { serial in (0..<parts).allSatisfy { !isTaken(name(serial, $0)) } } ?? 0
        switch format {
        case .detail:
            return [StandInFile(name: name(serial, 0), octets: GammuBackup(messages(of: text)).encoded(saved: text.received))]
        case .unicode:
            return text.segments.enumerated().map { StandInFile(name: name(serial, $0.offset), octets: [0xFE, 0xFF] + SpoolText.utf16Octets($0.element)) }
        case .standard:
            return text.segments.enumerated().map { StandInFile(name: name(serial, $0.offset), octets: Array($0.element.utf8)) }
        }
    }

    private func messages(of text: BroughtText) -> [GammuMessage] {
        text.segments.enumerated().map { index, segment in
            let header = text.header(of: index)
            return GammuMessage(
                kind: .deliver, number: text.sender, time: text.sent, state: "UnRead", coding: text.alphabet == .gsm7 ? .gsm7 : .unicode,
                content: .text(segment), header: header.isEmpty ? [] : [UInt8(header.count)] + header, messageClass: messageClass(of: text))
        }
    }

    private func messageClass(of text: BroughtText) -> Int { text.presentation == .flash ? 0 : -1 }

    /// As with `DeliveryReport = sms`.
    func report(_ report: BroughtReport, isTaken: (String) -> Bool) -> StandInFile? {
        let word = report.fate == .delivered ? "Delivered" : "Failed"
        let message = GammuMessage(
            kind: .report, number: report.recipient, time: report.at, state: "UnRead", coding: .unicode, content: .text(word), messageClass: 0,
            reference: report.reference)
        func name(_ serial: Int) -> String {
            GammuInboxName(time: report.at, serial: serial, sender: SpoolName.piece(report.recipient), part: 0).description
        }
        let octets: [UInt8] =
            switch format {
            case .detail: GammuBackup([message]).encoded(saved: report.at)
            case .unicode: [0xFE, 0xFF] + SpoolText.utf16Octets(word)
            case .standard: Array(word.utf8)
            }
        return StandInFile(name: name((0..<10_000).first { !isTaken(name($0)) } ?? 0), octets: octets)
    }

    func isOrder(_ name: String) -> Bool { GammuOutboxName(name) != nil }

    func orders(in files: [StandInFile]) -> [SpoolOrder] {
        files.map { SpoolOrder(files: [$0.name], content: content(of: $0)) }
    }

    private func content(of file: StandInFile) -> SpoolOrder.Content {
        guard let name = GammuOutboxName(file.name) else { return .refused("no name of a file to be sent") }
        switch name.form {
        case .text(let options) where options.contains(.bookmark): return .refused("bookmarks are not sent")
        case .text:
            guard let number = name.number else { return .refused("no number in the name") }
            return .text(SpoolText.guessed(file.octets), to: number)
        case .backup:
            guard let messages = try? GammuBackup(decoding: file.octets).messages, let first = messages.first, !first.number.isEmpty else {
                return .refused("no message in it")
            }
            // They are the pieces of one text, and nobody's words go to somebody else.
            guard messages.allSatisfy({ $0.number == first.number }) else { return .refused("texts to several numbers in one file are not sent") }
            let texts = messages.compactMap(\.text)
            return texts.count == messages.count ? .text(texts.joined(), to: first.number) : .refused("octets that are no text are not sent")
        }
    }

    /// The environment of `RunOnReceive`. A long text is there in pieces, and once more as a whole.
    func call(_ text: BroughtText, _ names: [String], in path: String) -> ProgramCall {
        var variables = ["SMS_MESSAGES": String(text.segments.count), "PHONE_ID": phone]
        for (index, segment) in text.segments.enumerated() {
            variables["SMS_\(index + 1)_NUMBER"] = text.sender
            variables["SMS_\(index + 1)_TEXT"] = segment
            variables["SMS_\(index + 1)_CLASS"] = String(messageClass(of: text))
            variables["SMS_\(index + 1)_REFERENCE"] = "0"
        }
        variables["DECODED_PARTS"] = text.segments.count > 1 ? "1" : "0"
        if text.segments.count > 1 { variables["DECODED_1_TEXT"] = text.text }
        return ProgramCall(arguments: names, variables: variables)
    }

    func call(_ report: BroughtReport, _ name: String, in path: String) -> ProgramCall? {
        ProgramCall(
            arguments: [name],
            variables: [
                "SMS_MESSAGES": "1", "SMS_1_NUMBER": report.recipient, "SMS_1_TEXT": report.fate == .delivered ? "Delivered" : "Failed", "SMS_1_CLASS": "0",
                "SMS_1_REFERENCE": String(report.reference), "DECODED_PARTS": "0", "PHONE_ID": phone,
            ])
    }
}
