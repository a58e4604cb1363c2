import Glibc
import Subprocess

/// The programs of this machine, from the system's own directories only.
struct SystemPrograms: Programs {
    /// A daemon's PATH seldom holds the first two.
    private static let directories = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"]
    private static let packages = [
        "pppd": "ppp", "qmicli": "libqmi-utils", "mbimcli": "libmbim-utils", "ip": "iproute2", "dhclient": "isc-dhcp-client",
    ]
    private static let outputLimit = 64 * 1024

    func run(_ call: ProgramCall, within limit: Duration) async throws(BearerError) -> ProgramResult {
        let configuration = try Self.configuration(of: call)
        do {
            return try await withThrowingTaskGroup(of: ProgramResult.self) { group in
                group.addTask {
                    let ended = try await Subprocess.run(
                        configuration, input: .none, output: .string(limit: Self.outputLimit), error: .string(limit: Self.outputLimit))
                    let status: Int32? = if case .exited(let code) = ended.terminationStatus { code } else { nil }
                    return ProgramResult(status: status, output: ended.standardOutput, errors: ended.standardError)
                }
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw BearerError.timeout("\(call.program) takes too long")
                }
                defer { group.cancelAll() }
                guard let result = try await group.next() else { throw CancellationError() }
                return result
            }
        } catch let error as BearerError {
            throw error
        } catch {
            throw .missing("\(call.program) cannot be run (\(error))")
        }
    }

    func stay(_ call: ProgramCall) throws(BearerError) -> StayingProgram {
        let configuration = try Self.configuration(of: call)
        let (lines, said) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingOldest(256))
        let task = Task {
            defer { said.finish() }
            _ = try await Subprocess.run(configuration, input: .none, output: .sequence, error: .combinedWithOutput) { execution in
                for try await line in execution.standardOutput.strings() { said.yield(line.trimmingNewline) }
            }
        }
        return StayingProgram(lines: lines) {
            task.cancel()
            _ = await task.result
        }
    }

    private static func configuration(of call: ProgramCall) throws(BearerError) -> Configuration {
        let candidates = directories.map { "\($0)/\(call.program)" }
        guard let path = candidates.first(where: { path in path.withCString { access($0, X_OK) } == 0 }) else {
            let package = packages[call.program].map { " (Debian: \($0))" } ?? ""
            throw .missing("\(call.program) is not installed\(package)")
        }
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
        return Configuration(
            executable: .path(.init(path)), arguments: Arguments(call.arguments),
            // What they say is read: no translation, and nothing of the daemon's own environment.
            environment: .custom(["PATH": directories.joined(separator: ":"), "LC_ALL": "C"]), platformOptions: options)
    }
}

extension String {
    fileprivate var trimmingNewline: String { String(reversed().drop { $0.isNewline }.reversed()) }
}
