import Foundation
import Glibc

/// The program under test: one process on a state directory of its own.
final class Homeline {
    let binary: String
    let directory: String
    private var process: Process?

    init(binary: String, directory: String) throws {
        self.binary = binary
        self.directory = directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit {
        process?.terminate()
        process?.waitUntilExit()
    }

    var stateDirectory: String { directory + "/state" }
    private var configuration: String { directory + "/homeline.yaml" }

    /// Everything but the state directory, in YAML.
    func configure(_ yaml: String) throws {
        try "state: \(stateDirectory)\ncountry: US\nlog:\n  level: error\n\(yaml)\n".write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    /// A command beside the daemon; what it printed.
    @discardableResult
    func command(_ arguments: [String], input: String = "") throws -> String {
        let command = Process()
        command.executableURL = URL(fileURLWithPath: binary)
        command.arguments = arguments
        let (output, stdin) = (Pipe(), Pipe())
        command.standardOutput = output
        command.standardInput = stdin
        try command.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        command.waitUntilExit()
        guard command.terminationStatus == 0 else {
            throw BenchError("homeline \(arguments.joined(separator: " ")) ended with \(command.terminationStatus)")
        }
        return String(decoding: text, as: UTF8.self)
    }

    func addToken() throws -> String {
        try command(["token", "create", "bench", "--replace", "--state", stateDirectory]).split(separator: "\n").first.map(String.init) ?? ""
    }

    /// `line` is the person's only one; nil gives them all.
    func addPerson(_ name: String, password: String, line: String? = nil) throws {
        try command(["person", "add", name, "--password-stdin", "--config", configuration] + (line.map { ["--line", $0] } ?? []), input: password + "\n")
    }

    /// Starts the daemon; milliseconds until `/health` is answered.
    @discardableResult
    func start(_ api: HTTPCall) throws -> Double {
        let daemon = Process()
        daemon.executableURL = URL(fileURLWithPath: binary)
        daemon.arguments = ["run", "--config", configuration]
        let begin = ContinuousClock.now
        try daemon.run()
        process = daemon
        let deadline = begin + .seconds(60)
        while ContinuousClock.now < deadline {
            if let answer = try? api.perform(api.request("GET", "/health")), answer.status > 0 {
                return (ContinuousClock.now - begin).milliseconds
            }
            guard daemon.isRunning else { throw BenchError("homeline run ended with \(daemon.terminationStatus)") }
            usleep(500)
        }
        throw BenchError("homeline run did not answer within a minute")
    }

    func stop() {
        process?.terminate()
        process?.waitUntilExit()
        process = nil
    }

    /// What the process has used and holds.
    var usage: ProcessUsage { ProcessUsage(process: process?.processIdentifier ?? 0) }
}
