/// Where ranges become octets and text.
extension Headers {
    func matches(_ field: Field, _ name: HeaderName) -> Bool {
        guard name.known == nil else { return field.known == name.known }
        return field.known == nil && field.nameLength > 0
            && Grammar.equalIgnoringCase(String(decoding: octets[field.name], as: UTF8.self), name.description)
    }

    /// By index: an iterator would hold the fields, which costs more than looking at them.
    func first(_ name: HeaderName) -> Field? {
        for index in fields.indices where matches(fields[index], name) { return fields[index] }
        return nil
    }

    func name(_ field: Field) -> HeaderName {
        field.known.map { HeaderName($0) } ?? HeaderName(token: String(decoding: octets[field.name], as: UTF8.self))
    }

    func text(_ field: Field) -> String {
        field.isFolded ? String(decoding: unfolded(field), as: UTF8.self) : String(decoding: octets[field.value], as: UTF8.self)
    }

    /// The value with each run of line fold as one space (RFC 3261 §7.3.1).
    func unfolded(_ field: Field) -> [UInt8] {
        guard field.isFolded else { return Array(octets[field.value]) }
        var value: [UInt8] = []
        var pendingFold = false
        for octet in octets[field.value] {
            switch octet {
            case 0x0D, 0x0A:
                while let last = value.last, Grammar.isSpace(last) { value.removeLast() }
                pendingFold = true
            case 0x20 where pendingFold, 0x09 where pendingFold:
                continue
            default:
                if pendingFold, !value.isEmpty { value.append(0x20) }
                pendingFold = false
                value.append(octet)
            }
        }
        return value
    }

    /// The values of a list field: split at commas outside quotes and angle brackets, trimmed, empty ones left out.
    func elements(of field: Field) -> [ArraySlice<UInt8>] {
        let value = unfolded(field)
        var elements: [ArraySlice<UInt8>] = []
        var start = 0, isQuoted = false, isEscaped = false, depth = 0
        for (index, octet) in value.enumerated() {
            switch octet {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: break
            case UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ">"): depth -= depth > 0 ? 1 : 0
            case UInt8(ascii: ",") where depth == 0:
                elements.append(trimmed(value[start..<index]))
                start = index + 1
            default: break
            }
        }
        elements.append(trimmed(value[start...]))
        return elements.filter { !$0.isEmpty }
    }

    private func trimmed(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var octets = octets.drop(while: Grammar.isSpace)
        while let last = octets.last, Grammar.isSpace(last) { octets.removeLast() }
        return octets
    }

    /// Writes name and cleaned value behind the octets there are.
    mutating func write(_ name: HeaderName, _ value: String) -> Field {
        let nameStart = octets.count
        if name.known == nil { octets.append(contentsOf: name.description.utf8) }
        let valueStart = octets.count
        MessageEncoder.append(value, to: &octets)
        return Field(
            known: name.known, isFolded: false, nameLength: UInt16(clamping: valueStart - nameStart),
            nameStart: UInt32(clamping: nameStart), valueStart: UInt32(clamping: valueStart),
            valueLength: UInt32(clamping: octets.count - valueStart))
    }
}
