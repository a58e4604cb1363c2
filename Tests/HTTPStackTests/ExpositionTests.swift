import HTTPStack
import Testing

@Suite struct ExpositionTests {
    @Test func `metrics are written as Prometheus reads them`() {
        let metrics = [
            Metric(
                "homeline_deliveries", .gauge, help: "Open deliveries.",
                samples: [
                    Metric.Sample(3, labels: ["state": "pending", "line": "home"]), Metric.Sample(0.5), Metric.Sample(.infinity),
                ]),
            Metric("homeline_sent_total", .counter, help: "Sent,\nof all.", samples: [Metric.Sample(1e15, labels: ["name": "a\"b\\c\nd"])]),
            Metric("homeline_none", .gauge, help: "None.", samples: []),
        ]
        #expect(
            Exposition(metrics).text == """
                # HELP homeline_deliveries Open deliveries.
                # TYPE homeline_deliveries gauge
                homeline_deliveries{line="home",state="pending"} 3
                homeline_deliveries 0.5
                homeline_deliveries +Inf
                # HELP homeline_sent_total Sent,\\nof all.
                # TYPE homeline_sent_total counter
                homeline_sent_total{name="a\\"b\\\\c\\nd"} 1000000000000000
                # HELP homeline_none None.
                # TYPE homeline_none gauge

                """)
    }
}
