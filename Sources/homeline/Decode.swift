import ArgumentParser
import Foundation
import SIP
import SMS
import Telephony
import Wire

struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what octets mean, and where they stop making sense.", subcommands: [DecodeSMS.self, DecodeMMS.self, DecodeSIP.self])
}

struct DecodeSMS: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sms", abstract: "A PDU in hexadecimal, as a modem prints it (service-centre address first).",
        discussion: "Example: homeline decode sms 07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07")

    @Argument(help: "Hexadecimal digits; - reads them from standard input.")
    var pdu: String

    @Flag(help: "The PDU was sent by the phone, not to it.")
    var sent = false

    func run() throws {
        let text = pdu == "-" ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) : pdu
        do {
            let octets = try Hex.decode(text.filter { !$0.isWhitespace })
            let decoded = try ModemPDU(decoding: octets, direction: sent ? .fromMobile : .toMobile)
            Terminal.say(Description.text(of: decoded).harmlessLines)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }
}

struct DecodeSIP: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sip", abstract: "A SIP message from a file.")

    @Argument(help: "A file; - reads standard input.")
    var file: String

    func run() throws {
        let input = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(fileURLWithPath: file))
        do {
            switch try Message(decoding: Array(input)) {
            case .request(let request):
                Terminal.say("\(request.method) \(request.uri)".harmlessLine, .bold)
                show(request.headers, request.body)
                Terminal.say("Verdict: \(RequestCheck.verdict(for: request))".harmlessLine)
            case .response(let response):
                Terminal.say("\(response.status.code) \(response.reason)".harmlessLine, .bold)
                show(response.headers, response.body)
            }
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }

    private func show(_ headers: Headers, _ body: [UInt8]) {
        for (name, value) in headers { Terminal.say("  \(name): \(value)".harmlessLines) }
        if !body.isEmpty { Terminal.say("\n" + String(decoding: body, as: UTF8.self).harmlessLines) }
    }
}

/// A value as an indented outline of its fields.
enum Description {
    static func text(of value: some Any, depth: Int = 0) -> String {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional { return mirror.children.first.map { text(of: $0.value, depth: depth) } ?? "none" }
        if let octets = value as? [UInt8] { return Hex.encode(octets) }
        let margin = String(repeating: "  ", count: depth)
        if mirror.children.isEmpty || value is CustomStringConvertible || depth > 6 { return "\(margin)\(value)" }
        return mirror.children.map { child in
            let label = child.label ?? "-"
            let inner = text(of: child.value, depth: depth + 1)
            return inner.contains("\n") ? "\(margin)\(label):\n\(inner)" : "\(margin)\(label): \(inner.trimmingCharacters(in: .whitespaces))"
        }.joined(separator: "\n")
    }
}
