import Foundation

/// A program that sends what it finds in a folder, and moves the file: gammu-smsd, smsd, or Asterisk.
public actor SpoolDaemon {
    public enum Mood: Sendable {
        case working
        /// It is not started: files stay where they are.
        case stopped
        /// It gives everything up.
        case refusing
        /// The network is not there for the moment, and it gives everything up.
        case failing
        /// It sends, and somebody removes the file.
        case losing
        /// It sends, and leaves the file.
        case stuck
    }

    public struct Sent: Hashable, Sendable {
        public let recipient: String
        public let text: String
    }

    public nonisolated let path: String
    public nonisolated let habit: SpoolHabit
    private var mood = Mood.working
    private var segments: [Sent] = []
    private var done: Set<String> = []
    private var lastReference = 0

    /// Makes the folders.
    public init(_ habit: SpoolHabit, at path: String) throws {
        self.path = path
        self.habit = habit
        for folder in habit.folders { try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true) }
    }

    public func set(_ mood: Mood) { self.mood = mood }

    /// What was sent, segments of one text together.
    public var sent: [Sent] { segments }

    /// One look at the folder.
    public func work() {
        guard mood != .stopped else { return }
        let outgoing = "\(path)/\(habit.folders[0])"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: outgoing))?.sorted() ?? [] where !name.hasPrefix(".") {
            guard let octets = FileManager.default.contents(atPath: "\(outgoing)/\(name)"), let request = habit.request(name: name, octets) else { continue }
            take(name, octets, request)
        }
    }

    private func take(_ name: String, _ octets: Data, _ request: SpoolRequest) {
        switch mood {
        case .stopped: break
        case .refusing: move(name, to: 3, octets, reason: "+CMS ERROR: 28 (Unidentified subscriber)")
        case .failing: move(name, to: 3, octets, reason: "+CMS ERROR: 38 (Network out of order)")
        case .working:
            send(name, request)
            move(name, to: 2, octets, reason: nil)
        case .losing:
            send(name, request)
            try? FileManager.default.removeItem(atPath: "\(path)/\(habit.folders[0])/\(name)")
        case .stuck: send(name, request)
        }
    }

    private func send(_ name: String, _ request: SpoolRequest) {
        guard done.insert(name).inserted else { return }
        if request.place > 1, let last = segments.popLast() {
            segments.append(Sent(recipient: last.recipient, text: last.text + request.text))
        } else {
            segments.append(Sent(recipient: request.recipient, text: request.text))
        }
    }

    private func move(_ name: String, to folder: Int, _ octets: Data, reason: String?) {
        let old = "\(path)/\(habit.folders[0])/\(name)"
        defer { try? FileManager.default.removeItem(atPath: old) }
        guard habit.folders.count > folder else { return }
        var file = String(decoding: octets, as: UTF8.self)
        switch habit {
        case .gammu: file = Self.noted(file, &lastReference)
        case .smstools:
            guard octets.range(of: Data("Alphabet: UCS".utf8)) == nil else { break }
            if reason == nil { lastReference = (lastReference + 1) % 256 }
            let result = reason.map { "Fail_reason: \($0)" } ?? "Message_id: \(lastReference)"
            file = file.replacingOccurrences(of: "\n\n", with: "\nModem: GSM1\n\(result)\n\n")
        case .smsq: break
        }
        try? Data(file.utf8).write(to: URL(filePath: "\(path)/\(habit.folders[folder])/\(name)"), options: .atomic)
    }

    /// For each message of a file the first one once more, with the number of the one that was sent, before all that was there.
    private static func noted(_ file: String, _ last: inout Int) -> String {
        let sections = file.components(separatedBy: "[SMSBackup0")
        guard sections.count > 1 else { return file }
        var file = file
        for _ in sections.dropFirst() {
            last = (last + 1) % 256
            let first = "[SMSBackup0" + sections[1].replacingOccurrences(of: "MessageReference = 0", with: "MessageReference = \(last)")
            file = first + file
        }
        return file
    }
}
