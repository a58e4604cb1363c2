import Spooling
import Telephony
import Wire

/// In place of smsd of smstools.
struct SMSToolsStandIn: StandIn {
    let program = "smsd"
    /// What names of files begin with.
    var modem = "GSM1"

    func files(of text: BroughtText, isTaken: (String) -> Bool) -> [StandInFile] {
        var headers = heading(text.sender, sent: text.sent, received: text.received)
        if text.presentation == .flash { headers.append(SMSToolsFile.Header("Flash", "yes")) }
        headers += [SMSToolsFile.Header("Alphabet", "UTF-8"), SMSToolsFile.Header("Length", String(text.text.unicodeScalars.count))]
        return [StandInFile(name: name(text.tag, isTaken), octets: SMSToolsFile(headers, body: Array(text.text.utf8)).encoded())]
    }

    func report(_ report: BroughtReport, isTaken: (String) -> Bool) -> StandInFile? {
        let (status, words): (Int, String) =
            switch report.fate {
            case .delivered: (0, "Ok,short message received by the SME")
            // TP-Status 40: a permanent error of which no more is known.
            case .failed(let sentence): (0x40, "Permanent error,\(sentence.harmlessLine)")
            }
        let body = SMSToolsReport(reference: report.reference, status: status, words: words, discharged: report.at).body
        let headers = heading(report.recipient, sent: report.at, received: report.at) + [SMSToolsFile.Header("Alphabet", "UTF-8")]
        return StandInFile(name: name(report.tag, isTaken), octets: SMSToolsFile(headers, body: Array(body.utf8)).encoded())
    }

    private func heading(_ party: String, sent: CivilTime, received: CivilTime) -> [SMSToolsFile.Header] {
        let isNumber = party.dropFirst(party.hasPrefix("+") ? 1 : 0).allSatisfy { ("0"..."9").contains($0) }
        let type = party.hasPrefix("+") ? "91 international, ISDN/telephone" : isNumber ? "81 unknown, ISDN/telephone" : "D0 alphanumeric, unknown"
        return [
            SMSToolsFile.Header("From", party.hasPrefix("+") ? String(party.dropFirst()) : party), SMSToolsFile.Header("From_TOA", type),
            SMSToolsFile.Header("Sent", sent.short), SMSToolsFile.Header("Received", received.short), SMSToolsFile.Header("Subject", modem),
            SMSToolsFile.Header("Modem", modem), SMSToolsFile.Header("Report", "no"),
        ]
    }

    private func name(_ tag: String, _ isTaken: (String) -> Bool) -> String {
        let name = "\(SpoolName.piece(modem)).\(SpoolName.piece(tag))"
        return isTaken(name) ? (1..<1000).lazy.map { "\(name)-\($0)" }.first { !isTaken($0) } ?? name : name
    }

    func isOrder(_ name: String) -> Bool { !name.hasSuffix(".LOCK") }

    func orders(in files: [StandInFile]) -> [SpoolOrder] {
        files.map { SpoolOrder(files: [$0.name], content: content(of: $0.octets)) }
    }

    private func content(of octets: [UInt8]) -> SpoolOrder.Content {
        let file: SMSToolsFile
        do {
            file = try SMSToolsFile(decoding: octets)
        } catch {
            return .refused(error.description)
        }
        guard let to = file["To"], !to.isEmpty else { return .refused("No destination") }
        for header in ["Include", "Text_is_pdu", "Voicecall", "Ping", "System_message", "UDH-DATA"] where file[header] != nil {
            return .refused("\(header) is not understood")
        }
        guard !file.isYes("Hex"), let text = SMSToolsAlphabet(file["Alphabet"]).text(file.body) else { return .refused("Binary messages are not sent") }
        return .text(replacingMacros(text, file), to: SMSToolsNumber.read(to))
    }

    private func replacingMacros(_ text: String, _ file: SMSToolsFile) -> String {
        file.headers.filter { $0.name == "Macro" }.prefix(20).reduce(text) { text, macro in
            let pieces = macro.value.split(separator: "=", maxSplits: 1)
            guard pieces.count == 2, text.utf8.count < 100_000 else { return text }
            return text.replacing(pieces[0], with: pieces[1])
        }
    }

    /// With what became of it in its headers.
    func kept(_ octets: [UInt8], _ end: OrderEnd) -> [UInt8] {
        guard var file = try? SMSToolsFile(decoding: octets) else { return octets }
        switch end {
        case .sent(let reference, let time):
            file.headers += [
                SMSToolsFile.Header("Modem", modem), SMSToolsFile.Header("Sent", time.short), SMSToolsFile.Header("Message_id", String(reference)),
            ]
        case .failed(let reason, let time):
            file.headers += [SMSToolsFile.Header("Fail_reason", reason), SMSToolsFile.Header("Failed", time.short)]
        }
        return file.encoded()
    }

    /// The arguments of an event handler.
    func call(_ text: BroughtText, _ names: [String], in path: String) -> ProgramCall {
        ProgramCall(arguments: ["RECEIVED"] + names.map { "\(path)/\($0)" })
    }

    func call(_ report: BroughtReport, _ name: String, in path: String) -> ProgramCall? {
        ProgramCall(arguments: ["REPORT", "\(path)/\(name)", String(report.reference)])
    }

    func call(_ end: OrderEnd, _ name: String, in path: String) -> ProgramCall? {
        switch end {
        case .sent(let reference, _): ProgramCall(arguments: ["SENT", "\(path)/\(name)", String(reference)])
        case .failed: ProgramCall(arguments: ["FAILED", "\(path)/\(name)"])
        }
    }
}
