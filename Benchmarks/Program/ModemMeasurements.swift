import Foundation
import SIP
import SMS

/// From the modem's octets to the phone's datagram, and from one text sent to the next.
struct ModemMeasurements {
    /// How the modem brings a text.
    enum Receiving: String {
        case direct, stored
    }

    let place: Scene.Place

    private static let texts = 200
    private static let warmUp = 20
    private static let password = "a password of the benchmark"

    func all() throws -> [Measurement] {
        var measurements: [Measurement] = []
        for receiving in [Receiving.direct, .stored] {
            try withLine(receiving) { scene, modem, phone in
                let latencies = Samples(try arrivals(receiving, modem, phone))
                let what = receiving == .direct ? "Text from the modem, +CMT → SIP MESSAGE" : "Text kept by the modem, +CMTI → SIP MESSAGE"
                measurements.append(
                    Measurement(
                        what: what, unit: .milliseconds, reached: latencies.median, p99: latencies.p99, promise: .atMost(2, p99: 8),
                        reference: "two commits alone 0.25",
                        explanation: "the receipt, the message and the claim with its open attempt are three commits, each waiting for the disk"
                            + (receiving == .direct ? "." : "; before them the text is read with AT+CMGR.")))
                if receiving == .direct { measurements += try sending(scene, modem) }
            }
        }
        return measurements
    }

    private func withLine(_ receiving: Receiving, _ body: (Scene, PlayedModem, PlayedPhone) throws -> Void) throws {
        let modem = try PlayedModem()
        Thread.detachNewThread { modem.run() }
        defer { modem.end() }
        let port = try Socket.freePort(.datagram)
        let scene = try Scene(
            "modem-\(receiving.rawValue)", in: place,
            parts: """
                lines:
                  home:
                    trunk: modem
                    device: \(modem.path)
                    receive: \(receiving.rawValue)
                    segments-per-minute: 600
                    reports: "no"
                endpoints:
                  softphone:
                    domain: \(PlayedPhone.domain)
                    listen: ["udp:127.0.0.1:\(port)"]
                """)
        try scene.homeline.addPerson("alice", password: Self.password)
        try scene.homeline.start(scene.api)
        defer { scene.homeline.stop() }
        let phone = try PlayedPhone(user: "alice", password: Self.password, host: 1, server: LoopbackAddress(port: port))
        try phone.register()
        let deadline = ContinuousClock.now + .seconds(30)
        while !modem.isReady {
            guard ContinuousClock.now < deadline else { throw BenchError("the modem driver does not get ready") }
            usleep(20_000)
        }
        try body(scene, modem, phone)
    }

    /// Milliseconds from the first octet of each text to its datagram.
    private func arrivals(_ receiving: Receiving, _ modem: PlayedModem, _ phone: PlayedPhone) throws -> [Double] {
        var latencies: [Double] = []
        for number in 0..<Self.warmUp + Self.texts {
            let text = "Text \(number) of the benchmark."
            let sender = try SMS.Address(number: "+1415555\(2000 + number)")
            let deliver = Deliver(from: sender, try UserData(gsm7: text), at: Timestamp(secondsSince1970: 1_732_000_000 + Int64(number)))
            let pdu = ModemPDU(.deliver(deliver)).encode()
            let start = receiving == .direct ? modem.handOver(pdu) : modem.keep(pdu, at: 1 + number % 20)
            let end = try arrival(of: text, at: phone)
            if number >= Self.warmUp { latencies.append((end - start).milliseconds) }
            // The driver acknowledges or deletes meanwhile.
            usleep(10_000)
        }
        return latencies
    }

    private func arrival(of text: String, at phone: PlayedPhone) throws -> ContinuousClock.Instant {
        while let message = try phone.receive(milliseconds: 10_000) {
            let now = ContinuousClock.now
            guard case .request(let request) = message else { continue }
            try phone.accept(request)
            if String(decoding: request.body, as: UTF8.self) == text { return now }
        }
        throw BenchError("a text did not reach the phone within ten seconds")
    }

    private func sending(_ scene: Scene, _ modem: PlayedModem) throws -> [Measurement] {
        let texts = 100
        // All wait behind the first, so that no gap is for want of a text.
        modem.hold()
        for number in 0..<texts {
            let answer = try scene.api.perform(scene.api.submission(line: "home", to: "+1415555\(3000 + number)", text: "Text \(number)."))
            guard answer.status == 202 else { throw BenchError("a text was answered \(answer.status)") }
        }
        modem.release()
        let deadline = ContinuousClock.now + .seconds(30)
        while modem.gaps.count < texts - 1 {
            guard ContinuousClock.now < deadline else { throw BenchError("only \(modem.gaps.count + 1) of \(texts) texts were sent") }
            usleep(10_000)
        }
        let gaps = Samples(modem.gaps)
        return [
            Measurement(
                what: "Gap between +CMGS and the next text's AT+CMGS", unit: .milliseconds, reached: gaps.median, p99: gaps.p99, promise: .atMost(5),
                reference: "gammu-smsd 1,000, tuned 11",
                explanation: "the answer is noted, the delivery settled, the next claimed: three commits, one after the other.")
        ]
    }
}
