import Subprocess

/// A program of the owner's that is told of files: started with their names, never through a shell; texts reach it by its environment alone.
struct ReceiveProgram: Sendable {
    let path: String
    /// As long as gammu-smsd gives it.
    var limit: Duration = .seconds(120)

    /// Waits for its end, or ends it. What it says is for nobody, as with the programs that Homeline takes the place of.
    func run(_ arguments: [String], _ variables: [String: String]) async {
        var environment: [Environment.Key: String] = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]
        for (name, value) in variables where !name.utf8.contains(0) { environment[Environment.Key(stringLiteral: name)] = value.filter { $0 != "\0" } }
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let configuration = Configuration(
            executable: .path(.init(path)), arguments: Arguments(arguments), environment: .custom(environment), platformOptions: options)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await Subprocess.run(configuration, input: .none, output: .discarded, error: .discarded) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }
}
