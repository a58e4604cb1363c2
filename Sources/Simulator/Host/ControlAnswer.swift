/// What the control interface answers: `ok`, and whatever was asked for.
struct ControlAnswer: Encodable, Sendable {
    var ok = true
    /// Why not.
    var error: String?
    var sent: [Sent]?
    var state: State?
    var pictures: [Picture]?
    /// What our lines told the MMSC of its messages, PDUs in hexadecimal digits.
    var told: [String]?
    /// The MMSC's address for the line.
    var mmsc: String?
    /// Addresses of messages that wait there.
    var waiting: [String]?

    static func failure(_ reason: String) -> ControlAnswer {
        ControlAnswer(ok: false, error: reason)
    }

    struct Sent: Encodable, Sendable {
        var id: Int
        var from: String
        var to: String
        var text: String?
        var segments: Int
        var complete: Bool
        var report: Bool
        var coding: Int
        var references: [Int]
        var tpdus: [String]
        var time: Int
    }

    struct State: Encodable, Sendable {
        var number: String
        var personality: String
        var attached: Bool
        var plugged: Bool
        /// Octets that nobody had read when the cable last came out.
        var lost: Int
        var sim: String
        var pinTries: Int
        var pukTries: Int
        var stored: [String: Int]
        var waiting: Int
        var cnmi: [Int]
        var charset: String
        var mode: String
    }

    /// What a phone outside received by MMS.
    struct Picture: Encodable, Sendable {
        var id: Int
        var from: String
        var to: [String]
        var cc: [String]
        var subject: String?
        var parts: [Part]
        var deliveryReport: Bool
        var readReport: Bool
        /// The PDU in hexadecimal digits.
        var pdu: String
        var time: Int

        struct Part: Encodable, Sendable {
            var type: String
            var name: String
            var size: Int
            /// Of plain text only.
            var text: String?
        }
    }
}
