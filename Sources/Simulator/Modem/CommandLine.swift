

/// Takes a command line apart (ITU-T V.250 §5.2–5.4). Anything before `AT` is line noise.
enum CommandLine {
    /// The commands of a line in order; nil when there is no `AT` in it, and such a line is not answered.
    static func parse(_ line: [UInt8]) -> [CommandRequest]? {
        guard let start = attention(in: line) else { return nil }
        var scanner = CommandScanner(rest: line[start...])
        var requests: [CommandRequest] = []
        while let request = scanner.next() {
            requests.append(request)
        }
        return requests
    }

    /// The index after the first `AT`, in either case.
    private static func attention(in line: [UInt8]) -> Int? {
        guard line.count >= 2 else { return nil }
        let first = (0..<line.count - 1).first { line[$0] & 0xDF == UInt8(ascii: "A") && line[$0 + 1] & 0xDF == UInt8(ascii: "T") }
        return first.map { $0 + 2 }
    }
}
