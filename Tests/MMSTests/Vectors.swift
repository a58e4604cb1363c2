import Foundation
import MMS
import Testing
import Wire

/// One line of `Vectors/mms/pdus.jsonl`.
struct PDUVector: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var kind: String
    var hex: String
    /// What encoding gives where the input was not in the strict order or the shortest form.
    var encoded: String?
    var fields: [String: String]
    /// The parts in the order in which they are shown, by their places.
    var presented: [Int]?
    /// The types of the parts with those of inner multiparts.
    var leaves: [String]?
    /// What the parts are called.
    var names: [String]?
    var provenance: String

    var testDescription: String { name }

    func decode() throws -> PDU { try PDU(decoding: Hex.decode(hex)) }

    static let all: [PDUVector] = lines(of: "pdus.jsonl")
}

/// One line of `Vectors/mms/pushes.jsonl`.
struct PushVector: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var hex: String
    var encoded: String?
    var kind: String
    var contentType: String
    var applicationID: String?
    var headers: String?
    var body: String
    var provenance: String

    var testDescription: String { name }

    static let all: [PushVector] = lines(of: "pushes.jsonl")
}

/// An unreadable file or line is a defect of the suite and stops it.
private func lines<Vector: Decodable>(of file: String) -> [Vector] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/mms")
    do {
        let content = try Data(contentsOf: folder.appending(path: file))
        return try content.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Vector.self, from: $0) }
    } catch {
        preconditionFailure("\(file): \(error)")
    }
}
