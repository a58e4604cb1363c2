/// A program to run: its name and arguments, each as the program gets it. No shell sees them.
struct ProgramCall: Hashable, Sendable, CustomStringConvertible {
    let program: String
    let arguments: [String]

    init(_ program: String, _ arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    /// As a person would type it.
    var description: String { ([program] + arguments).joined(separator: " ") }
}

/// What a program came to.
struct ProgramResult: Hashable, Sendable {
    /// Nil when a signal ended it.
    var status: Int32?
    var output = ""
    var errors = ""

    var isSuccess: Bool { status == 0 }
    /// Its last words, for people.
    var complaint: String {
        let line = (errors + "\n" + output).split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
        return line.map { String($0.prefix(200)) } ?? "it ended with status \(status ?? -1)"
    }
}

/// Runs the system's programs; scripted in tests.
protocol Programs: Sendable {
    /// To its end, which comes when the task is cancelled or the time is over.
    func run(_ call: ProgramCall, within limit: Duration) async throws(BearerError) -> ProgramResult
    /// One that goes on until it is stopped.
    func stay(_ call: ProgramCall) throws(BearerError) -> StayingProgram
}

extension Programs {
    /// Runs it and takes nothing but success.
    func demand(_ call: ProgramCall, within limit: Duration = .seconds(60)) async throws(BearerError) -> String {
        let result = try await run(call, within: limit)
        guard result.isSuccess else { throw .refused("\(call.program): \(result.complaint)") }
        return result.output
    }
}

/// A program that runs beside us.
struct StayingProgram: Sendable {
    /// What it says, output and errors, line by line; ends when it ends.
    let lines: AsyncStream<String>
    /// Ends it and waits until it has.
    let stop: @Sendable () async -> Void
}
