import SIP

/// Whatever arrives: no trap, and what was decoded encodes to the same again.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    var framer = StreamFramer()
    framer.append(octets)
    while let frame = try? framer.next() { _ = frame }
    guard let message = try? Message(decoding: octets) else { return 0 }
    if case .request(let request) = message { _ = RequestCheck.verdict(for: request) }
    if case .response(let response) = message { _ = ResponseCheck.verdict(for: response) }
    guard let again = try? Message(decoding: message.encoded()), again == (try? Message(decoding: again.encoded())) else { return 0 }
    precondition(again.body == message.body)
    return 0
}
