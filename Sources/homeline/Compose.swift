import ArgumentParser
import Foundation
import MMS

struct Compose: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write what would be sent, for other programs to judge.", subcommands: [ComposeMMS.self])
}

struct ComposeMMS: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mms", abstract: "An M-Send.req as it would go to the carrier.",
        discussion: """
            Files are put in as they are; nothing is fitted to a carrier's limits.
            Example: homeline compose mms --to +15550123 --text 'Look' --file photo.jpg --output look.mms
            """)

    @Option(name: .long, help: "A number or an e-mail address; may be repeated.") var to: [String]
    @Option(name: .long, help: "Who is to have a copy; may be repeated.") var cc: [String] = []
    @Option(name: .long) var subject: String?
    @Option(name: .long, help: "A text; comes after the files.") var text: String?
    @Option(name: .long, help: "A file; may be repeated.") var file: [String] = []
    @Option(name: .long, help: "X-Mms-Transaction-Id.") var transaction = "1"
    @Flag(name: .long, help: "Ask for a delivery report.") var report = false
    @Option(name: .shortAndLong, help: "Where it is written; - is standard output.") var output: String

    func run() throws {
        var parts = try file.map { path in
            let octets = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            let name = URL(fileURLWithPath: path).lastPathComponent
            return Part(ContentType(MediaSuffix.type(of: name)), octets[...], contentLocation: name)
        }
        if let text { parts.append(Part(text: text)) }
        guard !parts.isEmpty else { throw ValidationError("Give --text or --file.") }
        let request = SendRequest(
            transactionID: transaction, body: Body(presenting: parts), to: to.map { Address($0) }, cc: cc.map { Address($0) }, subject: subject,
            deliveryReport: report)
        let octets = Data(PDU.sendRequest(request).encoded())
        if output == "-" { try FileHandle.standardOutput.write(contentsOf: octets) } else { try octets.write(to: URL(fileURLWithPath: output)) }
    }
}

/// Media types by the suffixes of the files that phones take.
private enum MediaSuffix {
    static func type(of name: String) -> String {
        types[String(name.split(separator: ".").last ?? "").lowercased()] ?? "application/octet-stream"
    }

    private static let types = [
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "heic": "image/heic",
        "txt": "text/plain", "vcf": "text/x-vcard", "ics": "text/calendar", "amr": "audio/amr", "mp3": "audio/mpeg", "m4a": "audio/mp4",
        "aac": "audio/aac", "ogg": "audio/ogg", "wav": "audio/wav", "3gp": "video/3gpp", "mp4": "video/mp4", "mov": "video/quicktime",
        "webm": "video/webm", "pdf": "application/pdf",
    ]
}
