/// Lower-case hexadecimal digits, two an octet.
public func lowercaseHex(_ octets: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for octet in octets {
        for digit in [octet >> 4, octet & 0x0F] {
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
    return String(decoding: text, as: UTF8.self)
}
