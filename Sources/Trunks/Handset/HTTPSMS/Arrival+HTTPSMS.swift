import Exchange
import Messaging

extension Inbox.Arrival {
    /// A message under the server's name for it: the same whether an event or the list tells of it.
    static func httpSMS(_ message: HandedMessage, id: String) -> Inbox.Arrival {
        Inbox.Arrival(place: "message/\(id)", format: .handover, octets: Handover.message(message).encoded())
    }

    static func httpSMS(_ report: HandedReport) -> Inbox.Arrival {
        // Times of telling differ between the event and the list; what is told does not.
        var report = report
        report.at = nil
        return Inbox.Arrival(place: "report/\(report.reference)", format: .handover, octets: Handover.report(report).encoded())
    }
}
