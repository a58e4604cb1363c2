import Foundation
import SMS
import Testing

/// One line of `Vectors/sms/pdus.jsonl`.
struct PDUVector: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var direction: String
    var kind: String
    var hex: String
    /// What encoding gives where the input was not in its shortest form.
    var encoded: String?
    var address: String?
    var text: String?
    var octets: String?
    var seconds: Int64?
    var zone: Int?
    var status: UInt8?
    var reference: UInt8?
    var irregularities: UInt8?
    var provenance: String

    var testDescription: String { name }

    func decode() throws -> ModemPDU {
        try ModemPDU(hex: hex, direction: way)
    }

    var way: Direction {
        direction == "toMobile" ? .toMobile : .fromMobile
    }

    static let all: [PDUVector] = lines(of: "pdus.jsonl")
}

/// One line of `Vectors/sms/segments.jsonl`.
struct SegmentVector: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var alphabet: String
    var segments: [String]
    var provenance: String

    var testDescription: String { name }

    static let all: [SegmentVector] = lines(of: "segments.jsonl")
}

/// An unreadable file or line is a defect of the suite and stops it.
private func lines<Vector: Decodable>(of file: String) -> [Vector] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/sms")
    do {
        let content = try Data(contentsOf: folder.appending(path: file))
        return try content.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Vector.self, from: $0) }
    } catch {
        preconditionFailure("\(file): \(error)")
    }
}
