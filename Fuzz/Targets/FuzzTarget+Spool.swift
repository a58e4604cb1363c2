import Spooling
import Wire

extension FuzzTarget {
    /// Files of gammu-smsd, smstools and smsq: what is read is written so that it is read again, and no name leads out of its folder.
    static func spool(_ octets: [UInt8]) -> String? {
        let text = String(decoding: octets, as: UTF8.self)
        if let backup = try? GammuBackup(decoding: octets), let time = CivilTime("20261121T103742") {
            let again = try? GammuBackup(decoding: backup.encoded(saved: time))
            if again?.messages.map(\.header) != backup.messages.map(\.header) { return "a backup of gammu reads otherwise when it is written" }
        }
        if let file = try? SMSToolsFile(decoding: octets), (try? SMSToolsFile(decoding: file.encoded()))?.body != file.body {
            return "a file of smstools has another body when it is written"
        }
        if let file = try? SMSQFile(decoding: octets), (try? SMSQFile(decoding: file.encoded()))?.header != file.header {
            return "a file of smsq has another header when it is written"
        }
        _ = (GammuSettings(decoding: octets), GammuOutboxName(text), SMSToolsReport(text), SpoolText.guessed(octets), SMSToolsAlphabet("UCS").text(octets))
        if let name = GammuInboxName(text), name.sender.contains("/") == false, GammuInboxName(name.description)?.sender != name.sender {
            return "another name: \(name)"
        }
        return SpoolName.isPlain("x" + SpoolName.piece(text)) ? nil : "a name that leads elsewhere"
    }
}
