import Foundation

/// Measures what DESIGN section 8 promises and prints it beside the promise.
@main struct Benchmarks {
    static func main() async {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            try await run(options)
        } catch {
            say("bench: \(error)", to: .standardError)
            exit(1)
        }
    }

    private static func run(_ options: Options) async throws {
        guard options.groups == [.codecs] || access(options.homeline, X_OK) == 0 else { throw BenchError("there is no program \(options.homeline)") }
        let begin = ContinuousClock.now
        let loadBefore = Machine.load
        let directory = "\(options.directory)/bench-state-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let place = Scene.Place(binary: options.homeline, directory: directory)

        let syncBefore = Machine.syncTime(in: directory)
        var measurements: [Measurement] = []
        var failures: [String] = []
        for group in options.groups {
            say("measuring: \(group.rawValue) …", to: .standardError)
            do {
                measurements += try await measure(group, place, options)
            } catch {
                failures.append("Not measured: \(group.rawValue). \(error)")
            }
        }
        let syncAfter = Machine.syncTime(in: directory)
        let notes =
            failures + [
                "Machine: \(Machine.cores) cores; load average \(loadBefore) before, \(Machine.load) after (the benchmark's own included); "
                    + "one durable write takes \(Table.number(syncBefore, .milliseconds)) before, \(Table.number(syncAfter, .milliseconds)) after.",
                "Rates and times are medians of several runs after a warm-up; the load generator runs on the same cores. "
                    + "p99 of a rate is the time to an answer. REGISTER with a wrong digest has no rate: its source is slowed, then blocked. "
                    + "Took \(Int((ContinuousClock.now - begin).seconds.rounded())) s.",
            ]
        let table = Table(measurements: measurements, notes: Self.buildNotes + notes)
        say(table.text, to: .standardOutput)
        if let path = options.json { try table.json().write(to: URL(fileURLWithPath: path)) }
        if !failures.isEmpty { throw BenchError("\(failures.count) of \(options.groups.count) groups could not be measured") }
    }

    /// Figures of an unoptimised build say nothing.
    private static var buildNotes: [String] {
        #if DEBUG
            ["This is a debug build: its own figures mean nothing."]
        #else
            []
        #endif
    }

    private static func measure(_ group: Options.Group, _ place: Scene.Place, _ options: Options) async throws -> [Measurement] {
        switch group {
        case .codecs:
            var codecs = CodecMeasurements()
            return try codecs.all()
        case .start: return try StartMeasurements(place: place).all()
        case .accept: return try AcceptMeasurements(place: place, ledgerSize: options.ledgerSize).all()
        case .roundtrip: return try RoundTripMeasurements(place: place).all()
        case .dropin: return try DropInMeasurements(place: place).all()
        case .sip: return try SIPMeasurements(place: place).all()
        case .modem: return try ModemMeasurements(place: place).all()
        case .files: return try FileMeasurements(place: place).all()
        case .pages: return try await PagesMeasurements(place: place, ledgerSize: options.ledgerSize).all()
        case .media: return try MediaMeasurements(directory: place.directory).all()
        }
    }

    private static func say(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data((text + "\n").utf8))
    }
}
