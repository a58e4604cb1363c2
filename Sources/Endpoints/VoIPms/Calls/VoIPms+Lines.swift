import HTTPStack
import Telephony

/// `getDIDsInfo` and `setSMS`: the account's numbers, and how it is told of what comes to them.
extension VoIPms {
    func dids(_ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        var lines = account.lines
        if let did = call["did"] {
            guard let line = await line(did, of: account) else { throw Refusal(.invalidDID) }
            lines = [line]
        }
        let known = await numbers.all()
        let notes = notebook.notes(of: account.name)
        var rows: [JSON] = []
        // A line whose number nobody knows cannot be named by these programs.
        for line in lines where known[line] != nil {
            rows.append(row(of: line, did: await numbers.text(of: line), notes.lines[line] ?? Notes.LineNotes()))
        }
        guard !rows.isEmpty else { throw Refusal(.noDID) }
        return Reply([("dids", .array(rows))])
    }

    private func row(of line: LineID, did: String, _ notes: Notes.LineNotes) -> JSON {
        func flag(_ isOn: Bool) -> String { isOn ? "1" : "0" }
        let fields: [(String, String)] = [
            ("did", did), ("description", line.name), ("routing", ""), ("failover_busy", "none:"), ("failover_unreachable", "none:"),
            ("failover_noanswer", "none:"), ("voicemail", "0"), ("pop", "1"), ("dialtime", "60"), ("cnam", "0"), ("e911", "0"),
            ("callerid_prefix", ""), ("note", ""), ("port_out_pin", ""), ("billing_type", "1"), ("next_billing", ""), ("order_date", ""),
            ("reseller_account", ""), ("reseller_next_billing", ""), ("reseller_monthly", ""), ("reseller_minute", ""), ("reseller_setup", ""),
            ("sms_available", "1"), ("sms_enabled", flag(notes.isEnabled)), ("mms_available", flag(context.submissions.takesFiles(line))),
            ("sms_email", notes.email), ("sms_email_enabled", flag(notes.isEmailEnabled)), ("sms_forward", notes.forward),
            ("sms_forward_enabled", flag(notes.isForwardEnabled)), ("sms_url_callback", notes.callback),
            ("sms_url_callback_enabled", flag(notes.isCallbackEnabled)), ("sms_url_callback_retry", flag(notes.isCallbackRetried)),
            ("webhook", ""), ("webhook_enabled", "0"),
        ]
        return .object(fields.map { ($0.0, .string($0.1)) })
    }

    func setSMS(_ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        guard let did = call["did"] else { throw Refusal(.missingDID) }
        guard let line = await line(did, of: account) else { throw Refusal(.invalidDID) }
        let mark = callbackMark(of: account)
        try notebook.change(of: account.name) { notes throws(Refusal) in
            notes.lines[line] = try Self.changed(notes.lines[line] ?? Notes.LineNotes(), by: call, mark)
        }
        return Reply()
    }

    /// What is not named stays as it is.
    private static func changed(_ notes: Notes.LineNotes, by call: Call, _ mark: String) throws(Refusal) -> Notes.LineNotes {
        var notes = notes
        if let isOn = try flag(call, "enable", .invalidType) { notes.isEnabled = isOn }
        if let isOn = try flag(call, "email_enabled", .invalidEmailEnable) { notes.isEmailEnabled = isOn }
        if let text = call.form["email_address"] { notes.email = try field(text, .invalidEmail) }
        if let isOn = try flag(call, "sms_forward_enable", .invalidForward) { notes.isForwardEnabled = isOn }
        if let text = call.form["sms_forward"] { notes.forward = try field(text, .invalidForward) }
        if let isOn = try flag(call, "url_callback_enable", .invalidType) { notes.isCallbackEnabled = isOn }
        if let text = call.form["url_callback"] { (notes.callback, notes.callbackMark) = (try field(text, .invalidType), mark) }
        if let isOn = try flag(call, "url_callback_retry", .invalidType) { notes.isCallbackRetried = isOn }
        if notes.isEmailEnabled, !notes.email.contains("@") { throw Refusal(.invalidEmail) }
        return notes
    }

    private static func flag(_ call: Call, _ name: String, _ refusal: Status) throws(Refusal) -> Bool? {
        switch call[name] {
        case nil: return nil
        case "1", "yes", "true": return true
        case "0", "no", "false": return false
        default: throw Refusal(refusal)
        }
    }

    private static func field(_ text: String, _ refusal: Status) throws(Refusal) -> String {
        guard text.utf8.count <= Notes.fieldLimit, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else { throw Refusal(refusal) }
        return text
    }
}
