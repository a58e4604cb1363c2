import ArgumentParser
import Foundation
import Runtime
import SMS
import Spooling

extension Spool {
    /// Takes what `gammu-smsd-inject` takes and writes the file that it would write.
    struct Inject: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a text into an outbox, as gammu-smsd-inject does.",
            discussion: """
                homeline spool inject --outbox /var/spool/gammu/outbox TEXT +15550100123 -text 'On my way'
                alias gammu-smsd-inject='homeline spool inject'   # with -c and the same file
                Without -text the text is read from standard input. Whoever reads the outbox sends it; nothing has left when this returns.
                """)

        @Option(name: [.customShort("c"), .long], help: "A gammu-smsdrc whose OutboxPath is used.") var config: String?
        @Option(name: .long, help: "The outbox.") var outbox: String?
        @Flag(name: [.customShort("l"), .customLong("use-log")], help: .hidden) var useLog = false
        @Flag(name: [.customShort("L"), .customLong("no-use-log")], help: .hidden) var noLog = false
        @Argument(help: "TEXT; other kinds of messages are not written.") var kind: String
        @Argument(help: "A telephone number.") var recipient: String
        @Option(name: .customLong("text", withSingleDash: true), help: "The text.") var text: String?
        @Option(name: .customLong("textutf8", withSingleDash: true), help: "The text, too.") var textUTF8: String?
        @Option(name: .customLong("len", withSingleDash: true), help: "At most so many characters of it.") var length: Int?
        @Option(name: .customLong("autolen", withSingleDash: true), help: "The same.") var autoLength: Int?
        @Flag(name: .customLong("unicode", withSingleDash: true), help: "Taken, and not needed: the text says whether it is.") var unicode = false
        @Flag(name: .customLong("flash", withSingleDash: true), help: "Shown at once.") var flash = false
        @Flag(name: .customLong("report", withSingleDash: true), help: "The network is to report.") var report = false

        func run() throws {
            guard kind.uppercased() == "TEXT" else { throw complaint("only TEXT can be written, not \(kind)", .validationFailure) }
            let folder = Folder(try outboxPath())
            let words = text ?? textUTF8 ?? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
            let limited = String((length ?? autoLength).map { words.prefix(max(0, $0)) } ?? words[...])
            guard !limited.isEmpty else { throw complaint("the text is empty", .validationFailure) }
            let now = LocalClock(at: Int64(Date().timeIntervalSince1970))
            guard
                let time = CivilTime(year: now.year, month: now.month, day: now.day, hour: now.hour, minute: now.minute, second: now.second),
                let messages = messages(limited, at: time)
            else { throw complaint("the text is too long", .validationFailure) }
            let name = (0..<100).map { GammuOutboxName.backup(at: time, to: recipient, note: "sms\($0)") }.first { !folder.has($0) }
            guard let name else { throw complaint("no name is free in \(folder.path)", .cannotCreate) }
            do {
                try folder.write(name, GammuBackup(messages).encoded(saved: time))
            } catch {
                throw complaint(error.sentence, .cannotCreate)
            }
            Terminal.say("Written message with ID \(folder.path)/\(name)")
        }

        private func outboxPath() throws -> String {
            if let outbox { return outbox }
            let path = config ?? "/etc/gammu-smsdrc"
            guard let octets = FileManager.default.contents(atPath: path) else { throw complaint("\(path) cannot be read; give --outbox", .badConfiguration) }
            guard let outbox = GammuSettings(decoding: Array(octets)).outbox else { throw complaint("\(path) has no OutboxPath", .badConfiguration) }
            return outbox
        }

        private func messages(_ text: String, at time: CivilTime) -> [GammuMessage]? {
            let reference = UInt8.random(in: 0...255)
            guard let plan = try? Segmentation.plan(text, reference: .short(reference)) else { return nil }
            let total = UInt8(plan.segments.count)
            return plan.segments.enumerated().map { index, segment in
                GammuMessage(
                    kind: report ? .report : .submit, number: recipient, time: time, state: "Sent", coding: plan.alphabet == .gsm7 ? .gsm7 : .unicode,
                    content: .text(segment.text), header: total > 1 ? [5, 0, 3, reference, total, UInt8(index + 1)] : [], messageClass: flash ? 0 : -1)
            }
        }

        private func complaint(_ sentence: String, _ code: ExitCode) -> ExitCode {
            Terminal.complain(sentence)
            return code
        }
    }
}
