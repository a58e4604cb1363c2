/// A line the modem sent by itself.
public enum Unsolicited: Equatable, Sendable {
    /// `+CMTI`: a message lies in this storage. Some makes tell -1 for a place they do not know.
    case messageStored(storage: String, index: Int)
    /// `+CMT`: a message handed over directly; hexadecimal digits, or what a bad line left of them.
    case message(pdu: String)
    /// `+CMT` whose second line never came: the text it announced is not known.
    case messageCutOff
    /// `+CDSI`: a status report lies in this storage.
    case reportStored(storage: String, index: Int)
    /// `+CDS`: a status report handed over directly, likewise.
    case report(pdu: String)
    /// `+CBM`: a cell broadcast; hexadecimal digits.
    case broadcast(pdu: String)
    case registration(Registration)
    case signal(SignalReading)
    case ussd(USSDAnswer)
    case sim(SIMState)
    /// The message storage is full: the network keeps what comes now.
    case storageFull
    /// The modem restarted and forgot its settings; the text is its banner.
    case restarted(String)
    /// A call or its end; the text as it came.
    case call(String)
    case other(String)

    /// What a single line stands for, nil when it could as well be part of an answer.
    public init?(line: String) {
        if Self.banners.contains(line) {
            self = .restarted(line)
        } else if Self.callWords.contains(line) || Self.callPrefixes.contains(where: line.hasPrefix) {
            self = .call(line)
        } else if Self.fullMarks.contains(where: line.hasPrefix) {
            self = .storageFull
        } else if Self.plainWords.contains(line) {
            self = .other(line)
        } else if let stored = Self.stored(line) {
            self = stored
        } else if let registration = Registration(line: line, form: .notification) {
            self = .registration(registration)
        } else if let answer = USSDAnswer(line: line) {
            self = .ussd(answer)
        } else if let state = SIMState(line: line) {
            self = .sim(state)
        } else if let reading = SignalReading(line: line) {
            self = .signal(reading)
        } else if Self.isNamed(line) {
            self = .other(line)
        } else {
            return nil
        }
    }

    /// The two-line form whose header this is: the next line is its PDU.
    static func header(_ line: String) -> Header? {
        if line.hasPrefix("+CMT:") { return .message }
        if line.hasPrefix("+CDS:") { return .report }
        if line.hasPrefix("+CBM:") { return .broadcast }
        return nil
    }

    enum Header: Equatable, Sendable {
        case message
        case report
        case broadcast

        func with(pdu: String) -> Unsolicited {
            switch self {
            case .message: .message(pdu: pdu)
            case .report: .report(pdu: pdu)
            case .broadcast: .broadcast(pdu: pdu)
            }
        }
    }

    private static func stored(_ line: String) -> Unsolicited? {
        if let values = Parameters(line, after: "+CMTI:") {
            return .messageStored(storage: values.text(0) ?? "", index: values.int(1) ?? -1)
        }
        if let values = Parameters(line, after: "+CDSI:") {
            return .reportStored(storage: values.text(0) ?? "", index: values.int(1) ?? -1)
        }
        return nil
    }

    /// A sign, capital letters or digits, a colon: every make names its notifications so.
    private static func isNamed(_ line: String) -> Bool {
        guard let first = line.utf8.first, "+^*!%$#&".utf8.contains(first), let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return false
        }
        let name = line.utf8[line.utf8.index(after: line.utf8.startIndex)..<colon]
        return !name.isEmpty && name.count <= 16
            && name.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x20 }
    }

    private static let banners: Set<String> = ["RDY", "START", "^SYSSTART", "*SYSSTART", "SMS Ready", "+CFUN: 1", "*ATREADY: 1"]
    private static let callWords: Set<String> = ["RING", "NO CARRIER", "BUSY", "NO ANSWER", "NO DIALTONE", "NO DIAL TONE"]
    private static let callPrefixes = [
        "+CRING:", "+CLIP:", "+CCWA:", "+COLP:", "^ORIG:", "^CONF:", "^CONN:", "^CEND:", "VOICE CALL:", "MISSED_CALL:", "^DSCI:", "+QHUP:",
    ]
    private static let fullMarks = ["^SMMEMFULL", "*SMSFULL", "+SMSFULL", "SMS FULL"]
    private static let plainWords: Set<String> = ["Call Ready", "PB DONE", "SMS DONE", "NORMAL POWER DOWN", "POWERED DOWN", "UNDER-VOLTAGE WARNNING"]
}
