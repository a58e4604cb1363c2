import Exchange
import HTTPStack
import Telephony
import Testing

@testable import Daemon

@Suite struct MetricFigureTests {
    private struct Idle: Service {
        func run() async throws {}
    }

    private func endpoint(_ name: String, _ figures: [Figure]) -> EndpointPorts {
        EndpointPorts(id: EndpointID(name), service: Idle(), health: { Health(.working, "") }, figures: { figures })
    }

    @Test func `figures of several endpoints are one metric, told apart by the endpoint`() async {
        let requests = Figure("homeline_sip_requests_total", .count, "Requests.", [["method": "REGISTER"]: 2, ["method": "MESSAGE"]: 1])
        let open = Figure("homeline_sip_connections", .level, "Connections.", 7)
        let metrics = await Metric.all(of: [endpoint("home", [requests, open]), endpoint("office", [requests]), endpoint("hook", [])])
        #expect(Exposition(metrics).text == """
            # HELP homeline_sip_requests_total Requests.
            # TYPE homeline_sip_requests_total counter
            homeline_sip_requests_total{endpoint="home",method="MESSAGE"} 1
            homeline_sip_requests_total{endpoint="home",method="REGISTER"} 2
            homeline_sip_requests_total{endpoint="office",method="MESSAGE"} 1
            homeline_sip_requests_total{endpoint="office",method="REGISTER"} 2
            # HELP homeline_sip_connections Connections.
            # TYPE homeline_sip_connections gauge
            homeline_sip_connections{endpoint="home"} 7

            """)
    }
}
