import AT

/// Any octets from a modem, at once and one by one: no trap, and the same effects.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    var whole = LineFramer()
    var drip = LineFramer()
    let frames = whole.feed(octets)
    precondition(frames == octets.flatMap { drip.feed(CollectionOfOne($0)) }, "cutting the octets otherwise gives other lines")
    for command in [Command.listMessages, .registration, .identification] {
        var session = Session()
        for event in [.opened, .frame(.line("OK")), .frame(.line("OK"))] as [Session.Event] { _ = session.handle(.event(event)) }
        _ = session.handle(.fired(.settle))
        _ = session.handle(.event(.issue(command)))
        for frame in frames { _ = session.handle(.event(.frame(frame))) }
    }
    return 0
}
