/// Collects typed octets into command lines (ITU-T V.250 §5.2.1).
struct LineEditor: Equatable, Sendable {
    private var line: [UInt8] = []

    /// The line when this octet ends it. LF after CR and control octets are dropped; backspace takes one octet back.
    mutating func type(_ octet: UInt8) -> [UInt8]? {
        switch octet {
        case UInt8(ascii: "\r"):
            defer { line.removeAll(keepingCapacity: true) }
            return line
        case 0x08, 0x7F:
            _ = line.popLast()
        case 0x00..<0x20:
            break
        default:
            if line.count < VirtualModem.inputLimit { line.append(octet) }
        }
        return nil
    }

    mutating func clear() {
        line = []
    }
}
