import ArgumentParser
import Foundation
import Glibc
import WireGuard

/// Has a change of the tunnel taken up by the system, or says which two commands do.
enum TunnelUp {
    static func offer(_ store: TunnelStore, isNew: Bool, wanted: Bool) throws {
        if wanted { return try takeUp(store) }
        Terminal.say(isNew ? "These two commands bring it up, now and at every start of this machine:" : "These two commands take it up:")
        Terminal.say("  sudo install -m 600 \(quoted(store.configuration)) /etc/wireguard/\(Tunnel.interface).conf")
        Terminal.say("  sudo systemctl \(isNew ? "enable --now" : "reload") wg-quick@\(Tunnel.interface)")
    }

    private static func takeUp(_ store: TunnelStore) throws {
        guard FileManager.default.fileExists(atPath: "/sys/class/net/\(Tunnel.interface)") else {
            guard run(["wg-quick", "up", store.configuration]) else { throw refused("wg-quick up \(store.configuration)") }
            return tell("The tunnel is up.")
        }
        // Phones that are connected stay connected.
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else { throw refused("wg syncconf \(Tunnel.interface)") }
        defer { close(ends[0]) }
        // A configuration of 253 phones is smaller than what a pipe holds, so nobody need read it before the program ends.
        let isStripped = run(["wg-quick", "strip", store.configuration], output: ends[1])
        close(ends[1])
        guard isStripped, run(["wg", "syncconf", Tunnel.interface, "/dev/stdin"], input: ends[0]) else { throw refused("wg syncconf \(Tunnel.interface)") }
        tell("The tunnel knows it.")
    }

    /// Beside the profile, which may go into a file.
    private static func tell(_ sentence: String) { FileHandle.standardError.write(Data((sentence + "\n").utf8)) }

    private static func refused(_ command: String) -> ExitCode {
        Terminal.complain("'\(command)' did not work. It wants root, Debian's wireguard-tools, and a kernel with WireGuard (or wireguard-go).")
        return .failure
    }

    /// Whether the program ended well. Its complaints go where ours go, what it prints nowhere but to a file that is given. It is waited for by its
    /// number: wireguard-go stays behind with every file open, and who waits for those to close waits for ever, as Foundation does.
    private static func run(_ command: [String], input: Int32? = nil, output: Int32? = nil) -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (file, given, mode) in [(STDIN_FILENO, input, O_RDONLY), (STDOUT_FILENO, output, O_WRONLY)] {
            if let given { posix_spawn_file_actions_adddup2(&actions, given, file) } else { posix_spawn_file_actions_addopen(&actions, file, "/dev/null", mode, 0) }
        }
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var pid = pid_t(), status: Int32 = 0
        guard posix_spawnp(&pid, command[0], &actions, nil, &arguments, environ) == 0 else { return false }
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return false }
        }
        return status == 0
    }

    private static func quoted(_ path: String) -> String {
        path.contains(" ") ? "'\(path)'" : path
    }
}
