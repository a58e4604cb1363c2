import HTTPStack
import Telephony

/// How an answer is written: the four ways of the device.
enum EagleForm: Hashable, Sendable {
    /// `OK; ID=297`
    case text
    case xml
    /// `{"result":"OK; ID=297"}`
    case result
    /// `{"result":{"message_id":"297","status":"ok"}}`
    case extended

    func accepted(_ number: Int64) -> Response {
        switch self {
        case .text: .text("OK; ID=\(number)", contentType: "text/plain; charset=utf-8")
        case .xml: .text("<xml><message_id>\(number)</message_id><status>ok</status></xml>", contentType: "application/xml")
        case .result: .json(200, ["result": .string("OK; ID=\(number)")])
        case .extended: .json(200, ["result": ["message_id": .string(String(number)), "status": "ok"]])
        }
    }

    /// JSON-RPC says in its body what went wrong, and answers 200.
    func refused(_ refusal: EagleRefusal) -> Response {
        let octets: [UInt8]
        var status = refusal.status
        var type = "text/plain; charset=utf-8"
        switch self {
        case .text: octets = Array(refusal.text.utf8)
        case .xml:
            octets = Array("<xml><error_text>\(refusal.text)</error_text><status>error</status></xml>".utf8)
            type = "application/xml"
        case .result:
            octets = JSON.object([("result", .string(refusal.text))]).encoded
            (status, type) = (200, "application/json")
        case .extended:
            octets = JSON.object([("result", ["error_text": .string(refusal.text), "status": "error"])]).encoded
            (status, type) = (200, "application/json")
        }
        var response = Response(status: status, contentType: type, body: .octets(octets))
        if let wait = refusal.wait { response.headers.append(("Retry-After", String(wait))) }
        return response
    }
}

extension MessageID {
    /// A number for programs that expect one: grows with time, fits where 53 bits do, and differs for messages of one millisecond but for one in
    /// four thousand.
    var eagleNumber: Int64 {
        let milliseconds = high >> 16
        return Int64(truncatingIfNeeded: (milliseconds & (1 << 41 - 1)) << 12 | high & 0xFFF)
    }
}
