/// Signal (3GPP TS 27.007 §8.5, §8.69) and other gauges.
extension Command {
    static let signal: [Command] = [
        Command("+CSQ") { modem, form in
            form == .test ? .line("+CSQ: (0-31,99),(0-7,99)") : .line("+CSQ: \(modem.isAttached ? modem.radio.strength : 99),99")
        },
        Command("+CESQ") { modem, form in
            form == .test
                ? .line("+CESQ: (0-63,99),(0-7,99),(0-96,255),(0-49,255),(0-34,255),(0-97,255)")
                : .line(modem.isAttached ? "+CESQ: 99,99,255,255,22,50" : "+CESQ: 99,99,255,255,255,255")
        },
        .query("+CBC") { _ in .line("+CBC: 0,100") },
        .indicators,
        Command("+CMER") { _, form in form == .test ? .line("+CMER: (0-3),(0),(0),(0,1),(0,1)") : .ok },
        .accepted("+CGEREP"),
    ]

    /// `+CIND` (3GPP TS 27.007 §8.9).
    private static let indicators = Command("+CIND") { modem, form in
        switch form {
        case .test:
            return .line("+CIND: (\"battchg\",(0-5)),(\"signal\",(0-5)),(\"service\",(0,1)),(\"message\",(0,1)),(\"call\",(0,1)),(\"roam\",(0,1)),(\"smsfull\",(0,1))")
        case .read, .execute:
            let service = modem.isAttached ? 1 : 0
            let full = modem.store.isFull(modem.service.receiving) ? 1 : 0
            return .line("+CIND: 5,\(service * 4),\(service),0,0,\(modem.radio.coverage == 5 ? 1 : 0),\(full)")
        case .set: return .ok
        }
    }
}
