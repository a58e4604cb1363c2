import Fitting
import Glibc
import Runtime
import Telephony

/// The machine: its clock, its disk, what else runs on it.
enum HostCheck {
    static func clock() -> [Finding] {
        let date = CivilDate(SystemClock().now())
        guard date.year >= 2026 else {
            return [
                Finding(
                    "clock", .bad, "The clock says \(date.rfc3339).",
                    advice: "Set it (timedatectl set-ntp true): messages would get wrong times and certificates would fail.")
            ]
        }
        // Where the kernel may not be asked, other servers than systemd's are known by their process.
        let isSynchronised =
            BelievedClock.isSynchronised || !RunningProcess.names.isDisjoint(with: ["chronyd", "ntpd", "ntpd-rs"])
        return [
            isSynchronised
                ? Finding("clock", .good, "\(date.rfc3339), synchronised.")
                : Finding("clock", .warning, "\(date.rfc3339), and nothing seems to keep it right.",
                    advice: "timedatectl set-ntp true. Where the clock is far from what it was, old messages ('keep' of media) are forgotten a week late until then.")
        ]
    }

    static func disk(of state: StateDirectory) -> [Finding] {
        do {
            try state.create()
        } catch {
            return [Finding("disk", .bad, error.description, advice: "Choose another 'state', or run as a user who may write there.")]
        }
        return room(of: state.path).map { [$0] + syncTime(at: state.path) } ?? []
    }

    /// What is left on the disk; nil where nobody can tell.
    static func room(of path: String) -> Finding? {
        guard let free = Room.free(in: path).map({ $0 / 1_048_576 }) else { return nil }
        let sentence = "\(free) MB are free at \(path)."
        switch free {
        case ..<100: return Finding("disk", .bad, sentence, advice: "Homeline stops accepting messages when the disk is full. Make room.")
        case ..<300: return Finding("disk", .warning, sentence, advice: "Make room before Homeline must stop accepting messages.")
        default: return Finding("disk", .good, sentence)
        }
    }

    /// How long the disk takes to make one page durable: what every accepted message waits for.
    static func syncTime(at path: String) -> [Finding] {
        let file = path + "/.sync-check"
        let descriptor = open(file, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return [] }
        defer {
            close(descriptor)
            unlink(file)
        }
        let page = [UInt8](repeating: 0, count: 4096)
        let clock = ContinuousClock()
        let rounds = 5
        let took = clock.measure {
            for _ in 0..<rounds {
                _ = write(descriptor, page, page.count)
                fdatasync(descriptor)
            }
        }
        let milliseconds = Double((took / rounds).components.attoseconds) / 1e15
        let text = "\(Double(Int(milliseconds * 100)) / 100)"
        return [
            milliseconds > 50
                ? Finding("disk speed", .warning, "Making one page durable takes \(text) ms.", advice: "It works; a USB SSD instead of an SD card makes it faster.")
                : Finding("disk speed", .good, "Making one page durable takes \(text) ms.")
        ]
    }

    /// The programs that fit pictures, sound and film; texts go without them.
    static func media() -> Finding {
        let tools = FittingTools.find()
        return Finding("media", tools.missingPackages.isEmpty ? .good : .warning, tools.sentence, advice: tools.advice)
    }
}
