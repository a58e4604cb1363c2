/// Supplementary service requests (3GPP TS 27.007 §7.15).
extension Command {
    static let ussd: [Command] = [
        Command("+CUSD") { modem, form in
            switch form {
            case .test: return .line("+CUSD: (0-2)")
            case .read: return .line("+CUSD: \(modem.switches["+CUSD", default: 0])")
            case .execute: return .ok
            case .set(let arguments): return modem.requestService(arguments)
            }
        }.needingSIM,
    ]
}

extension VirtualModem {
    fileprivate mutating func requestService(_ arguments: [Argument]) -> Answer {
        guard let mode = arguments.first?.number, (0...2).contains(mode) else { return .failed(.badParameters) }
        if mode == 2 {
            emit(.ussdCancelled)
            return .ok
        }
        switches["+CUSD"] = mode
        guard arguments.count > 1, !arguments[1].isEmpty else { return .ok }
        guard isAttached else { return .failed(.equipment(30)) }
        emit(.ussd(USSDText.decode(arguments[1].octets, charset: settings.charset, style: ussdStyle)))
        return .ok
    }

    /// `+CUSD: m[,"text",dcs]`
    mutating func announce(_ answer: USSDAnswer) {
        guard isAttached else { return }
        let (text, coding) = USSDText.encode(answer.text, charset: settings.charset, style: ussdStyle)
        announceOctets(Array("+CUSD: \(answer.state.rawValue)".utf8) + (answer.text.isEmpty ? [] : Array(",\"".utf8) + text + Array("\",\(coding)".utf8)))
    }
}
