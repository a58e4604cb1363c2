import ArgumentParser

struct Restart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Have the running daemon read its configuration and begin anew.",
        discussion: "What is being sent is finished first. A configuration that does not hold is refused, and everything goes on as before.")

    @OptionGroup var state: StateOption

    func run() async throws {
        _ = try await DaemonClient(state: try state.directory()).call("POST", "/api/v1/restart")
        Terminal.say("The daemon begins anew.")
    }
}
