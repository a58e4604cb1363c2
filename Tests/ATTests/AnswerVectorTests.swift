import Foundation
import Testing

@testable import AT

/// What is read from the answers of every make: the lines of `Tests/Vectors/at/answers.txt`.
@Suite struct AnswerVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let reader: String
        let lines: [String]
        let expected: String
        var testDescription: String { "\(reader): \(lines.joined(separator: " "))" }
    }

    static func vectors() throws -> [Vector] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/at/answers.txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { row in
            let fields = row.split(separator: " | ").map(String.init)
            let text = fields[1].replacing("\\t", with: "\t")
            return Vector(reader: fields[0], lines: text.components(separatedBy: "\\n"), expected: fields[2])
        }
    }

    @Test func `every answer is read as its vector says`() throws {
        let vectors = try Self.vectors()
        #expect(vectors.count >= 70)
        for vector in vectors {
            #expect(try Self.read(vector) ?? "-" == vector.expected, "\(vector.testDescription)")
        }
    }

    private struct UnknownReader: Error {}

    private static func read(_ vector: Vector) throws -> String? {
        let line = vector.lines[0]
        switch vector.reader {
        case "registration-answer": return Registration(line: line, form: .answer).map(words)
        case "registration-notification": return Registration(line: line, form: .notification).map(words)
        case "operator": return OperatorSelection(line: line)?.name
        case "signal": return SignalReading(lines: vector.lines).flatMap(words)
        case "sim": return SIMState(line: line).map { "\($0)" }
        case "tries-standard": return PINTries(lines: vector.lines, form: .standard).map(words)
        case "tries-huawei": return PINTries(lines: vector.lines, form: .huawei).map(words)
        case "tries-quectel": return PINTries(lines: vector.lines, form: .quectel).map(words)
        case "tries-simcom": return PINTries(lines: vector.lines, form: .list(prefix: "+SPIC:", pukAt: 1)).map(words)
        case "tries-sierra": return PINTries(lines: vector.lines, form: .list(prefix: "+CPINC:", pukAt: 2)).map(words)
        case "centre": return PhoneNumber(serviceCentre: line)?.digits
        case "own": return PhoneNumber(own: line)?.digits
        case "clock":
            return NetworkTime(line: line).map { time in "\(time.secondsSince1970)" + (time.quarterHours.map { " zone=\($0)" } ?? "") }
        case "ussd":
            return USSDAnswer(line: line).map { answer in
                ["\(answer.status)", answer.coding.map { "coding=\($0)" }, answer.string].compactMap(\.self).joined(separator: " ")
            }
        case "storage": return StorageUse.all(line: line)?.map { "\($0.used)/\($0.total)" }.joined(separator: " ")
        default: throw UnknownReader()
        }
    }

    private static func words(_ registration: Registration) -> String {
        [
            "\(registration.status)", registration.area.map { "area=\(String($0, radix: 16, uppercase: true))" },
            registration.cell.map { "cell=\(String($0, radix: 16, uppercase: true))" }, registration.technology?.name,
        ].compactMap(\.self).joined(separator: " ")
    }

    private static func words(_ tries: PINTries) -> String { "pin=\(tries.pin)" + (tries.puk.map { " puk=\($0)" } ?? "") }

    /// Nil when nothing was measured. Tenths of a dB and no more.
    private static func words(_ reading: SignalReading) -> String? {
        let values = [
            ("rssi", reading.rssi), ("rscp", reading.rscp), ("ecio", reading.ecio), ("rsrp", reading.rsrp), ("rsrq", reading.rsrq), ("sinr", reading.sinr),
        ]
        let told = values.compactMap { name, value in
            value.map { value in
                let tenths = Int((value * 10).rounded())
                let fraction = tenths % 10 == 0 ? "" : ".\(abs(tenths % 10))"
                return "\(name)=\(tenths < 0 && tenths > -10 ? "-" : "")\(tenths / 10)\(fraction)"
            }
        }
        return told.isEmpty ? nil : told.joined(separator: " ")
    }
}
