import SMS

/// Any octets either way: no trap, and what reads is written back to the same value.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    for direction in [Direction.toMobile, .fromMobile] {
        guard let pdu = try? ModemPDU(decoding: octets, direction: direction) else { continue }
        let again = try? ModemPDU(decoding: pdu.encode().octets, direction: direction)
        precondition(again == pdu, "decoding what was encoded gives another value")
    }
    return 0
}
