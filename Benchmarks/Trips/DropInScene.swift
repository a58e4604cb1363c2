import Foundation

/// A daemon beside what people run today: phones with Fossify's app at its lines, a program made for VoIP.ms, and SIP apps.
struct DropInScene {
    static let lines = 8
    private static let secret = "a secret of the benchmark"
    private static let password = "a password of the benchmark"

    let scene: Scene
    let phones: HTTPFarSide
    private let sipPort: UInt16

    /// `slow` is the port of a phone at a line of its own.
    init(_ name: String, in place: Scene.Place, slow: UInt16? = nil) throws {
        let phones = try HTTPFarSide(answering: #"{"status":"sent","server":"fossify-api","id":"1790000000000"}"#)
        self.phones = phones
        sipPort = try Socket.freePort(.datagram)
        let directory = "\(place.directory)/\(name)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let secret = directory + "/secret"
        try (Self.secret + "\n").write(toFile: secret, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        var lines = try (0..<Self.lines).map { Self.line($0, port: try phones.listener.port(), secret: secret) }
        if let slow { lines.append(Self.line(Self.lines, port: slow, secret: secret)) }
        scene = try Scene(
            name, in: place,
            parts: """
                lines:
                \(lines.joined(separator: "\n"))
                endpoints:
                  voipms:
                    users:
                      bench:
                        api-username: bench@bench.example
                        password-file: \(secret)
                  softphone:
                    domain: \(PlayedPhone.domain)
                    listen: ["udp:127.0.0.1:\(sipPort)"]
                """)
        for line in 0..<Self.lines { try scene.homeline.addPerson("person\(line)", password: Self.password, line: "line\(line)") }
    }

    private static func line(_ number: Int, port: UInt16, secret: String) -> String {
        """
          line\(number):
            trunk: fossify
            number: "+\(Self.number(of: number))"
            url: http://127.0.0.1:\(port)
            token-file: \(secret)
            webhook-token-file: \(secret)
            path: /webhook/fossify/\(number)
            queue-limit: 10000000
        """
    }

    private static func number(of line: Int) -> String { "1415555900\(line)" }

    /// SIP apps of the persons, one each, registered.
    func apps() throws -> SIPFarSide {
        let apps = try (0..<Self.lines).map { line in
            try PlayedPhone(user: "person\(line)", password: Self.password, host: 512 + UInt16(line), server: LoopbackAddress(port: sipPort))
        }
        for app in apps { try app.register() }
        return SIPFarSide(apps)
    }

    /// `sendSMS`, as programs made for VoIP.ms ask for it.
    func order(_ text: String, line: Int, to party: Int) -> [UInt8] {
        let secret = Self.secret.replacingOccurrences(of: " ", with: "+")
        let query =
            "api_username=bench%40bench.example&api_password=\(secret)&method=sendSMS"
            + "&did=\(Self.number(of: line).dropFirst())&dst=415555\(2000 + party)&message=\(text)"
        return scene.api.request("GET", "/voipms/api?\(query)")
    }

    static func isOrderTaken(_ answer: HTTPMessage) -> Bool {
        answer.status == 200 && String(decoding: answer.body, as: UTF8.self).contains("\"success\"")
    }

    /// What a phone posts when a text has come.
    func event(_ text: String, line: Int, from party: Int, at time: Int) -> [UInt8] {
        let body = "{\"phoneNumber\":\"+1415555\(2000 + party)\",\"message\":\"\(text)\",\"type\":\"sms\",\"receivedAt\":\(time)}"
        return HTTPCall(address: scene.api.address, token: Self.secret).request("POST", "/webhook/fossify/\(line)", body: body)
    }

    static func isEventTaken(_ answer: HTTPMessage) -> Bool { answer.status == 200 }
}
