import SMS
import Wire

/// Text mode, as far as programs use it (3GPP TS 27.005 §3.4.1, §4).
extension VirtualModem {
    /// The `+CMT` or `+CDS` lines; nil when the message cannot be shown as text.
    func textLines(of incoming: Incoming) -> [String]? {
        switch try? TPDU(decoding: incoming.pdu.tpdu, direction: .toMobile) {
        case .deliver(let message):
            return ["+CMT: \"\(encoded(message.originatingAddress.text))\",,\"\(message.serviceCentreTimestamp.clockText)\"", shown(message.userData)]
        case .statusReport(let report):
            let type = report.recipientAddress.type.rawValue
            return [
                "+CDS: \(report.firstOctet.rawValue),\(report.messageReference),\"\(report.recipientAddress.text)\",\(type),"
                    + "\"\(report.serviceCentreTimestamp.clockText)\",\"\(report.dischargeTime.clockText)\",\(report.status.octet)"
            ]
        default:
            return nil
        }
    }

    /// The lines of `+CMGL` and `+CMGR`; nil when the message cannot be shown as text.
    func textLines(of message: MessageStore.Message, head: String) -> [String]? {
        let status = ["REC UNREAD", "REC READ", "STO UNSENT", "STO SENT"][message.status.rawValue]
        let isReceived = message.status == .unread || message.status == .read
        switch try? TPDU(decoding: message.pdu.tpdu, direction: isReceived ? .toMobile : .fromMobile) {
        case .deliver(let deliver):
            let time = deliver.serviceCentreTimestamp.clockText
            return ["\(head)\"\(status)\",\"\(encoded(deliver.originatingAddress.text))\",,\"\(time)\"", shown(deliver.userData)]
        case .submit(let submit):
            return ["\(head)\"\(status)\",\"\(encoded(submit.destinationAddress.text))\",", shown(submit.userData)]
        default:
            return nil
        }
    }

    /// The message typed in text mode; nil when number or text cannot be sent.
    func composed(text octets: [UInt8], to number: String) -> PDU? {
        let text = decoded(Argument(octets: octets))
        guard let address = try? Address(number: decoded(Argument(octets: Array(number.utf8)))),
            let userData = (try? UserData(gsm7: text)) ?? (try? UserData(ucs2: text))
        else { return nil }
        return PDU(tpdu: TPDU.submit(Submit(to: address, userData)).encode())
    }

    /// Octets that are no text are shown in hexadecimal, as is every text while `+CSCS` is UCS2.
    private func shown(_ userData: UserData) -> String {
        userData.text.map(encoded) ?? Hex.encode(userData.binary ?? userData.octets)
    }

    /// Text in the character set of `+CSCS`.
    func encoded(_ text: String) -> String {
        settings.charset == "UCS2" ? USSDText.ucs2Hex(text) : text
    }

    /// The reverse of `encoded`.
    func decoded(_ argument: Argument) -> String {
        guard settings.charset == "UCS2", let octets = try? Hex.decode(argument.octets[...]) else { return argument.text }
        return UCS2.decode(octets[...])
    }
}
