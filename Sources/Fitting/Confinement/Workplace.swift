import Foundation

/// A folder for one piece of work, gone with the value. What is worked on is `in`, a link to the source.
final class Workplace: Sendable {
    let path: String
    /// The file that `in` is.
    let source: String
    /// Held as long as there is work, so that nobody takes the folder for one that was left behind.
    private let hold: Int32

    /// Where printed text is read from at most this far.
    private static let paperLimit = 64 << 10

    /// - Parameter directory: made when missing, for its owner alone.
    init(in directory: String, source: MediaSource) throws(FittingError) {
        path = "\(directory)/\(UUID().uuidString)"
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST, mkdir(path, 0o700) == 0 else { throw Self.failure("a folder for the work") }
        hold = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard hold >= 0, flock(hold, LOCK_EX | LOCK_NB) == 0 else { throw Self.failure("a folder to be held") }
        switch source {
        case .file(let file):
            self.source = file
            guard symlink(file, "\(path)/in") == 0 else { throw Self.failure("a link to the original") }
        case .octets(let octets):
            self.source = "\(path)/in"
            do {
                try Data(octets).write(to: URL(filePath: self.source))
            } catch {
                throw .machine("the original cannot be written for the tools")
            }
        }
    }

    deinit {
        // Nothing is to be done about a failure: the next start clears the directory.
        try? FileManager.default.removeItem(atPath: path)
        if hold >= 0 { close(hold) }
    }

    /// Removes what work that was cut off left behind; what another process works on is held by it.
    static func clear(_ directory: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
            let descriptor = open("\(directory)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: "\(directory)/\(name)") }
        }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Which file the source is at present: its number, and when it was written, since numbers are given again.
    var sourceMark: [Int] {
        var status = stat()
        guard stat(source, &status) == 0 else { return [] }
        return [Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }

    /// Octets of a result; 0 where there is none.
    func size(of name: String) -> Int {
        var status = stat()
        return lstat(file(name), &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    }

    /// A result; nil where there is none, or it is not what it should be.
    func octets(of name: String, limit: Int) -> [UInt8]? {
        let count = size(of: name)
        guard count > 0, count <= limit, let data = FileManager.default.contents(atPath: file(name)), data.count == count else { return nil }
        return Array(data)
    }

    /// Files for what a tool prints and what it complains of; the caller closes them.
    func papers() throws(FittingError) -> (printed: Int32, complaints: Int32) {
        let flags = O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW
        let printed = open(file("printed"), flags, 0o600)
        guard printed >= 0 else { throw Self.failure("a file for what a tool prints") }
        let complaints = open(file("complaints"), flags, 0o600)
        guard complaints >= 0 else {
            close(printed)
            throw Self.failure("a file for what a tool complains of")
        }
        return (printed, complaints)
    }

    var printed: String { text(of: "printed") }

    /// The last thing the tool complained of, for the owner; shown to nobody else, since it quotes what was sent.
    var complaint: String {
        let line = text(of: "complaints").split(separator: "\n").last.map(String.init) ?? ""
        return String(line.prefix(200))
    }

    private func text(of name: String) -> String {
        String(decoding: octets(of: name, limit: Self.paperLimit) ?? [], as: UTF8.self)
    }

    private static func failure(_ what: String) -> FittingError {
        .machine("\(what) cannot be made: \(String(cString: strerror(errno)))")
    }
}
