/// Which way a TPDU goes: the message type numbers mean something else each way.
public enum Direction: Hashable, Sendable {
    /// From the service centre: DELIVER, SUBMIT-REPORT, STATUS-REPORT.
    case toMobile
    /// To the service centre: SUBMIT, DELIVER-REPORT, COMMAND.
    case fromMobile
}
