import Foundation

/// How a simulated program names, reads and writes files.
public enum SpoolHabit: String, Sendable, CaseIterable {
    /// gammu-smsd with its FILES service, detail format.
    case gammu
    /// smsd of smstools.
    case smstools
    /// Asterisk's application SMS.
    case smsq

    /// The folders in which a program like this lives, the one of what is to be sent first, then of what came.
    public var folders: [String] {
        switch self {
        case .gammu: ["outbox", "inbox", "sent", "error"]
        case .smstools: ["outgoing", "incoming", "sent", "failed", "report", "checked"]
        case .smsq: ["motx", "mtrx"]
        }
    }

    /// What a file wants sent; nil for one that the program leaves alone.
    func request(name: String, _ octets: Data) -> SpoolRequest? {
        switch self {
        case .gammu: name.hasPrefix("OUT") ? gammu(String(decoding: octets, as: UTF8.self)) : nil
        case .smstools: smstools(octets)
        case .smsq: smsq(String(decoding: octets, as: UTF8.self))
        }
    }

    private func gammu(_ file: String) -> SpoolRequest? {
        var request = SpoolRequest()
        for line in file.split(separator: "\n") {
            let sides = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard sides.count == 2 else { continue }
            if sides[0].hasPrefix("Text0") || sides[0].hasPrefix("Text1") { request.text += Self.units(sides[1]) }
            if sides[0] == "NumberUnicode" { request.recipient = Self.units(sides[1]) }
        }
        return request
    }

    private func smstools(_ file: Data) -> SpoolRequest? {
        guard let end = file.range(of: Data("\n\n".utf8)) else { return nil }
        var request = SpoolRequest()
        var isUnicode = false
        for line in String(decoding: file[..<end.lowerBound], as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("To: ") { request.recipient = "+" + line.dropFirst(4) }
            if line.hasPrefix("UDH-DATA: 05 00 03") { request.place = Int(line.suffix(2), radix: 16) ?? 1 }
            if line == "Alphabet: UCS" { isUnicode = true }
        }
        request.text = isUnicode ? String(data: file[end.upperBound...], encoding: .utf16BigEndian) ?? "" : String(decoding: file[end.upperBound...], as: UTF8.self)
        return request
    }

    private func smsq(_ file: String) -> SpoolRequest? {
        var request = SpoolRequest()
        for line in file.split(separator: "\n") {
            if line.hasPrefix("da=") { request.recipient = String(line.dropFirst(3)) }
            if line.hasPrefix("ud##") { request.text = Self.units(String(line.dropFirst(4))) }
        }
        return request
    }

    private static func units(_ hex: String) -> String {
        let digits = Array(hex)
        return String(decoding: stride(from: 0, to: digits.count - 3, by: 4).compactMap { UInt16(String(digits[$0..<$0 + 4]), radix: 16) }, as: UTF16.self)
    }
}

/// What one file wants sent.
struct SpoolRequest: Sendable {
    var recipient = ""
    var text = ""
    /// Among the segments of a text, from 1.
    var place = 1
}
