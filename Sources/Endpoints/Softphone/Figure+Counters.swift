import Exchange
import SIPStack

/// The user agent's counters under the names that a monitoring system sees.
extension Figure {
    static func all(of counters: Counters, connections: Int, transactions: Int, blocked: Int, waiting: Int, devices: Int) -> [Figure] {
        [
            Figure("homeline_sip_requests_total", .count, "SIP requests received, by method.", labelled(counters.requests, "method")),
            Figure("homeline_sip_responses_total", .count, "Final SIP responses sent, by status.", labelled(counters.responses, "status")),
            Figure("homeline_sip_requests_sent_total", .count, "SIP requests sent, by method.", labelled(counters.requestsSent, "method")),
            Figure(
                "homeline_sip_retransmissions_total", .count, "SIP messages received or sent again.",
                labelled(["received": counters.retransmissionsReceived, "sent": counters.retransmissionsSent], "direction")),
            Figure(
                "homeline_sip_dropped_total", .count, "What came to nothing, by reason.",
                labelled(Dictionary(uniqueKeysWithValues: Counters.Drop.allCases.map { ($0.rawValue, counters.dropped[$0, default: 0]) }), "reason")),
            Figure("homeline_sip_keep_alives_total", .count, "Keep-alives of SIP connections and UDP peers.", counters.keepAlives),
            Figure("homeline_sip_transport_errors_total", .count, "Errors of SIP sockets.", counters.transportErrors),
            Figure("homeline_sip_connections_opened_total", .count, "SIP connections accepted or made.", counters.connectionsOpened),
            Figure("homeline_sip_blocks_total", .count, "Blocks imposed on sources.", counters.sourcesBlocked),
            Figure("homeline_sip_blocked_sources", .level, "Sources blocked now.", blocked),
            Figure("homeline_sip_connections", .level, "SIP connections open now.", connections),
            Figure("homeline_sip_transactions", .level, "SIP transactions under way or remembered.", transactions),
            Figure("homeline_sip_strangers_waiting", .level, "Messages of unknown sources that wait for their turn.", waiting),
            Figure("homeline_sip_devices", .level, "Apps registered now.", devices),
        ]
    }

    private static func labelled(_ counts: [some Hashable & CustomStringConvertible: Int], _ label: String) -> [[String: String]: Double] {
        Dictionary(uniqueKeysWithValues: counts.map { ([label: $0.key.description], Double($0.value)) })
    }
}
