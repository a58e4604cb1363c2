import ArgumentParser
import Daemon
import Glibc
import HTTPStack

/// Where a backup's passphrase comes from: a file, or whoever sits before the terminal.
struct PassphraseOption: ParsableArguments {
    @Option(name: .long, help: "A file with the passphrase on its first line; '-' for standard input. Asked for where left out.")
    var passphraseFile: String?

    /// - Parameter fallback: the file that the configuration names.
    func passphrase(otherwise fallback: String? = nil, isNew: NewSecret) throws -> String {
        switch passphraseFile ?? fallback {
        case "-"?:
            guard let line = readLine(strippingNewline: true), !line.isEmpty else { throw refusal("there is no passphrase on standard input") }
            return line
        case let path?:
            guard let line = SecretFile.firstLine(of: path) else { throw refusal("\(path) cannot be read, or is empty") }
            return line
        case nil:
            return try ask(isNew)
        }
    }

    enum NewSecret { case chosen, known }

    private func ask(_ isNew: NewSecret) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { throw refusal("there is nobody to ask for the passphrase; --passphrase-file names a file with it") }
        let first = getpass("Passphrase: ").map { String(cString: $0) } ?? ""
        guard isNew == .chosen else { return first }
        guard first.count >= Backup.shortestPassphrase else { throw refusal("at least \(Backup.shortestPassphrase) characters") }
        guard getpass("The same again: ").map({ String(cString: $0) }) == first else { throw refusal("the two are not the same") }
        return first
    }

    private func refusal(_ sentence: String) -> ExitCode {
        Terminal.complain(sentence)
        return .failure
    }
}
