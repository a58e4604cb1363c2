import ArgumentParser
import Foundation
import MMS
import Wire

struct DecodeMMS: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mms", abstract: "A PDU of MMS or a WAP push, from a file.",
        discussion: "The file holds the octets as a carrier sends them, or their hexadecimal digits. A push is what several SMS to port 2948 make together.")

    @Argument(help: "A file; - reads standard input.")
    var file: String

    func run() throws {
        let input = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(fileURLWithPath: file))
        do {
            Terminal.say(try MMSOutline.text(of: DecodeMMS.octets(in: Array(input))).harmlessLines)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }

    /// Digits and white space alone are hexadecimal: no PDU is made of them, for its first octet is above 7F, and no push, for its second is
    /// 06 or 07.
    private static func octets(in input: [UInt8]) -> [UInt8] {
        let digits = input.filter { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
        guard !digits.isEmpty, let octets = try? Hex.decode(digits[...]) else { return input }
        return octets
    }
}
