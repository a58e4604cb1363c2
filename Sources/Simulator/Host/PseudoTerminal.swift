import CPTY
import Glibc

/// The modem's side of a pseudo-terminal, with a path that stays the same from one to the next.
///
/// The terminal side is held open too, in raw mode: a program that closes it takes neither the line settings nor the modem away.
struct PseudoTerminal: Sendable {
    let master: CInt
    private let terminal: CInt
    private let link: String

    /// Opens one and points `link` at it. An older symbolic link is replaced; anything else of that name is an error.
    init(link: String) throws {
        let master = cpty_open()
        guard master >= 0 else { throw PortError(what: "open a pseudo-terminal", code: errno) }
        do {
            let path = try PseudoTerminal.path(of: master)
            terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
            guard terminal >= 0 else { throw PortError(what: "open \(path)", code: errno) }
            do {
                try PseudoTerminal.makeRaw(terminal)
                try PseudoTerminal.point(link, to: path)
            } catch {
                close(terminal)
                throw error
            }
        } catch {
            close(master)
            throw error
        }
        self.master = master
        self.link = link
    }

    /// Octets that the terminal's side has not read.
    var unread: Int {
        // Asking whether there are any brings in what the kernel holds on the way; counting alone does not.
        var wanted = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, 0) == 1 else { return 0 }
        var count: CInt = 0
        return ioctl(terminal, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    /// Takes the link away and lets go of the terminal side. The modem's side belongs to its channel, which closes it.
    func remove() {
        unlink(link)
        close(terminal)
    }

    private static func path(of master: CInt) throws -> String {
        var name = [CChar](repeating: 0, count: 64)
        guard cpty_name(master, &name, UInt(name.count)) == 0 else { throw PortError(what: "name the pseudo-terminal", code: errno) }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func makeRaw(_ terminal: CInt) throws {
        var settings = termios()
        guard tcgetattr(terminal, &settings) == 0 else { throw PortError(what: "read terminal settings", code: errno) }
        cfmakeraw(&settings)
        guard tcsetattr(terminal, TCSANOW, &settings) == 0 else { throw PortError(what: "set terminal settings", code: errno) }
    }

    private static func point(_ link: String, to path: String) throws {
        var status = stat()
        if lstat(link, &status) == 0, status.st_mode & S_IFMT != S_IFLNK { throw PortError(what: "link \(link)", code: EEXIST) }
        let fresh = "\(link).\(getpid())"
        unlink(fresh)
        guard symlink(path, fresh) == 0, rename(fresh, link) == 0 else { throw PortError(what: "link \(link)", code: errno) }
    }
}
