import SMS
import Spooling
import Telephony
import Wire

/// smsd of smstools.
struct SMSToolsDialect: SpoolDialect {
    let program = "smsd"
    /// The modem whose files are ours; nil for all.
    var modem: String?
    /// Header `Queue`, where smsd has several modems.
    var queue: String?

    /// One file a segment: smsd would cut a text of sixteen-bit characters in the middle of an emoji, and reports name segments.
    func letters(of text: OutgoingText) -> [Letter] {
        text.plan.segments.enumerated().map { index, segment in
            let isUCS2 = text.plan.alphabet == .ucs2
            var headers = [
                SMSToolsFile.Header("To", SMSToolsNumber.write(text.recipient)), SMSToolsFile.Header("Alphabet", isUCS2 ? "UCS" : "UTF-8"),
                SMSToolsFile.Header("Report", "yes"), SMSToolsFile.Header("Autosplit", "0"),
            ]
            if let queue { headers.append(SMSToolsFile.Header("Queue", queue)) }
            let header = text.header(of: index)
            if !header.isEmpty {
                let octets = [UInt8(header.count)] + header
                headers.append(SMSToolsFile.Header("UDH-DATA", octets.map { Hex.encode([$0]) }.joined(separator: " ")))
            }
            let body = isUCS2 ? SpoolText.utf16Octets(segment.text) : Array(segment.text.utf8)
            return Letter(
                name: "homeline-\(text.key)-\(index)", octets: SMSToolsFile(headers, body: body).encoded(), segments: index..<index + 1)
        }
    }

    func references(of letter: Letter, kept: [UInt8]) -> [String] {
        let reference = (try? SMSToolsFile(decoding: kept))?["Message_id"] ?? letter.name
        return letter.segments.map { _ in reference }
    }

    /// `+CMS ERROR: 38 (Network out of order)`, or smsd's own words.
    func failure(kept: [UInt8]) -> Failure {
        let reason = (try? SMSToolsFile(decoding: kept))?["Fail_reason"] ?? ""
        if let code = reason.firstMatch(of: /CMS ERROR: (\d{1,4})/).flatMap({ Int($0.output.1) }) { return Failure(.cms(code)) }
        return Failure(.refused, reason.isEmpty ? "smsd gave it up" : "smsd gave it up: \(String(reason.prefix(200)).harmlessLine)")
    }

    /// Its names are random, so that only the order of writing is one.
    func bundles(of names: [String]) -> [[String]] {
        names.filter { name in !isOfSmsd(name) && (modem.map { name.hasPrefix("\($0).") } ?? true) }.map { [$0] }
    }

    /// Its locks, and `GSM1-concatenated`, where it keeps the segments of texts that are not whole yet.
    private func isOfSmsd(_ name: String) -> Bool { name.hasSuffix(".LOCK") || name.hasSuffix("-concatenated") }

    func read(_ bundle: [SpooledFile]) throws(DecodeError) -> [SpoolItem] {
        var items: [SpoolItem] = []
        for file in bundle { items.append(try item(of: try SMSToolsFile(decoding: file.octets), file.words)) }
        return items
    }

    private func item(of file: SMSToolsFile, _ words: SpooledFile.Words) throws(DecodeError) -> SpoolItem {
        guard let from = file["From"] else { throw DecodeError("From", at: 0, .invalid("missing")) }
        let isInternational = file["From_TOA"].map { $0.hasPrefix("9") } ?? true
        let isNumber = !from.isEmpty && from.allSatisfy { ("0"..."9").contains($0) }
        let sender = isNumber && isInternational ? "+" + from : from
        let time = file["Sent"].flatMap { CivilTime($0) }
        let header = try Hex.decode(file["UDH-DATA"]?.filter { !$0.isWhitespace } ?? "")
        guard let text = SMSToolsAlphabet(file["Alphabet"]).text(file.body) else {
            // The header stands in front of the octets, unless it has a line of its own.
            let octets = header.isEmpty && file.isYes("UDH") ? file.body : header + file.body
            let length = Int(octets.first ?? 0) + 1
            let hasHeader = !header.isEmpty || file.isYes("UDH")
            return .segment(
                SpooledSegment(
                    sender: sender, time: time, header: hasHeader ? Array(octets.prefix(length).dropFirst()) : [],
                    content: .octets(hasHeader ? Array(octets.dropFirst(length)) : octets)))
        }
        // Among what came a report would be a text like any other: whoever sends one could say what became of ours.
        if words == .reports, let report = SMSToolsReport(text) {
            return .report(
                reference: String(report.reference), recipient: sender, fate: fate(UInt8(truncatingIfNeeded: report.status)), detail: report.words,
                at: report.discharged)
        }
        let segment = SpooledSegment(sender: sender, time: time, header: Array(header.dropFirst()), content: .text(text))
        return segment.isOneOfSeveral ? .segment(segment) : .text(text, from: sender, at: time, presentation: file.isYes("Flash") ? .flash : .ordinary)
    }

    private func fate(_ status: UInt8) -> DeliveryReport.Fate {
        switch DeliveryStatus(octet: status) {
        case .delivered, .forwarded: .delivered
        case .temporary(let code), .other(let code): .pending(code: Int(code))
        case .permanent(let code), .abandoned(let code): .failed(code: Int(code))
        case .replaced: .failed(code: Int(status))
        }
    }
}
