import AT
import Logging

extension LinkTrace {
    /// Commands without secrets and without the octets of messages.
    func log(to logger: Logger) {
        switch self {
        case .answered(let command, let reply):
            logger.trace("modem answered", metadata: ["command": "\(command.loggable)", "completion": "\(reply.completion)"])
        case .unsolicited(let notification):
            logger.trace("modem notified", metadata: ["kind": "\(Self.kind(of: notification))"])
        case .stray(let text):
            logger.debug("stray line from the modem", metadata: ["octets": "\(text.utf8.count)"])
        case .failed(let reason):
            logger.info("the modem's line failed", metadata: ["reason": "\(reason)"])
        }
    }

    private static func kind(of notification: Unsolicited) -> String {
        switch notification {
        case .messageStored: "message stored"
        case .message: "message"
        case .messageCutOff: "message cut off"
        case .reportStored: "report stored"
        case .report: "report"
        case .broadcast: "broadcast"
        case .registration: "registration"
        case .signal: "signal"
        case .ussd: "ussd"
        case .sim: "sim"
        case .storageFull: "storage full"
        case .restarted: "restarted"
        case .call: "call"
        case .other: "other"
        }
    }
}
