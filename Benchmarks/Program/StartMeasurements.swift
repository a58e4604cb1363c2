import Glibc

/// How long a start takes and what an idle daemon holds.
struct StartMeasurements {
    let place: Scene.Place

    func all() throws -> [Measurement] {
        let sip = try Socket.freePort(.datagram)
        let scene = try Scene(
            "idle", in: place,
            parts: """
                lines:
                  home:
                    trunk: loopback
                endpoints:
                  softphone:
                    domain: \(PlayedPhone.domain)
                    listen: ["udp:127.0.0.1:\(sip)"]
                """)
        var times: [Double] = []
        for _ in 0..<7 {
            times.append(try scene.homeline.start(scene.api))
            scene.homeline.stop()
        }
        try scene.homeline.start(scene.api)
        sleep(3)
        let usage = scene.homeline.usage
        scene.homeline.stop()
        return [
            // The first start makes the ledger.
            Measurement(
                what: "Start to /health, empty ledger", unit: .milliseconds, reached: Samples(Array(times.dropFirst())).median, promise: .atMost(60),
                reference: "bare daemon 25, Flask bridge 132",
                explanation: "loading the program and its libraries is part of it; load on the machine adds its share."),
            Measurement(
                what: "Resident memory, idle", unit: .megabytes, reached: usage.resident, promise: .atMost(45), reference: "bare daemon 37–40",
                explanation: "\(Table.number(usage.anonymous, .megabytes)) are its own; the rest is the mapped program and libraries."),
            Measurement(
                what: "Anonymous memory, idle", unit: .megabytes, reached: usage.anonymous, promise: .atMost(12), reference: "bare daemon 3",
                explanation: "allocated by the daemon and its libraries at start."),
        ]
    }
}
