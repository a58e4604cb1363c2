import HTTPStack
import Telephony

/// The HTTP API: `Docs/openapi.yaml` describes it operation by operation.
public enum Operations {
    /// All operations, each from its own file.
    public static func all(_ desk: Desk) -> [Operation] {
        [
            ReadHealth(desk: desk).operation,
            ReadMetrics(desk: desk).operation,
            SubmitMessage(desk: desk).operation,
            ListMessages(desk: desk).operation,
            ReadMessage(desk: desk).operation,
            ReadPart(desk: desk).operation,
            ReadTimeline(desk: desk).operation,
            ListConversations(desk: desk).operation,
            ListLines(desk: desk).operation,
            RequestUSSD(desk: desk).operation,
            CancelUSSD(desk: desk).operation,
            DecideDelivery(desk: desk).operation,
            ReplayReceipts(desk: desk).operation,
            StreamEvents(desk: desk).operation,
            CountSegments(desk: desk).operation,
            ReadLog(desk: desk).operation,
            ReadSupport(desk: desk).operation,
            RenewCertificate(desk: desk).operation,
            BeginAnew(desk: desk).operation,
        ]
    }
}

extension EndpointID {
    /// The endpoint whose messages were written through this API.
    public static let api: EndpointID = "api"
}
