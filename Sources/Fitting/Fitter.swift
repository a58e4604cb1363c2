/// Makes media fit what a carrier takes, and playable where it is not; by the tools of the system, each confined, never in this process.
///
/// What is known of a sender's whereabouts stays here: metadata is removed from all that leaves, also from what would have fitted.
public struct Fitter: Sendable {
    let tools: FittingTools
    let bounds: Bounds
    private let decoder: Decoder
    private let directory: String

    /// - Parameter directory: a place for work in progress, made when missing. What dead processes left in it is removed at once.
    public init(tools: FittingTools = .find(), bounds: Bounds = Bounds(), decoder: Decoder = Decoder(), directory: String) {
        self.tools = tools
        self.bounds = bounds
        self.decoder = decoder
        self.directory = directory
        // A relative one would be relative to whatever folder the process happens to be in.
        if directory.hasPrefix("/") { Workplace.clear(directory) }
    }

    /// Makes the media fit.
    ///
    /// - Parameter declared: the media type that the sender named; it decides only for text, which has no octets to be told by.
    public func fit(_ source: MediaSource, declared: String, to limits: MediaLimits) async throws(FittingError) -> Fitted {
        let count = try source.count()
        guard let format = MediaFormat(sniffing: try source.head()) else {
            guard Self.isText(declared) else { throw .unknownFormat(declared) }
            return try unchanged(source, as: declared, count, limits)
        }
        if count <= limits.octets, [.jpeg, .png, .amr, .amrWideband].contains(format) {
            let octets = try source.octets()
            if Bareness.mayPass(octets, format, within: limits) { return Fitted(format.contentType, octets) }
        }
        switch format.family {
        case .text: return try unchanged(source, as: format.contentType, count, limits)
        case .picture: return try await picture(source, format, count, limits)
        case .sound, .film: return try await recording(source, format, count, limits)
        }
    }

    /// What is text by its type: these hold nothing that the writer did not write.
    private static func isText(_ declared: String) -> Bool {
        let type = declared.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return ["text/plain", "text/vcard", "text/x-vcard", "text/directory", "text/calendar", "text/x-vcalendar"].contains(type)
    }

    func unchanged(_ source: MediaSource, as contentType: String, _ count: Int, _ limits: MediaLimits) throws(FittingError) -> Fitted {
        guard count <= limits.octets else {
            throw .cannotFit("The file of \(Measure.octets(count)) is larger than the \(Measure.octets(limits.octets)) that the carrier takes.")
        }
        return Fitted(contentType, try source.octets())
    }

    func workplace(for source: MediaSource) throws(FittingError) -> Workplace {
        try Workplace(in: directory, source: source)
    }

    /// Has the tool do it; throws unless it said that it has.
    func perform(_ errand: Errand, in workplace: Workplace) async throws(FittingError) {
        for _ in 0..<3 {
            let original = workplace.sourceMark
            let ending = try await decoder.run(errand, in: workplace)
            if ending == .exited(0) { return }
            // A tool may read one file and none in its place: the same octets were kept again meanwhile.
            guard case .exited = ending, workplace.sourceMark != original else { throw failure(ending, of: errand, in: workplace) }
        }
        throw .machine("the original is replaced again and again")
    }

    private func failure(_ ending: Ending, of errand: Errand, in workplace: Workplace) -> FittingError {
        switch ending {
        case .exited:
            let complaint = workplace.complaint
            return complaint.contains("memory") ? .tooDemanding("needs too much memory") : .undecodable(complaint)
        case .signalled(Signal.tooMuchTime): return .tooDemanding("takes too much processor time")
        case .signalled(Signal.tooLargeAFile): return .tooDemanding("takes too much room")
        case .signalled(Signal.killed): return .tooDemanding("needs too much memory")
        case .signalled(let number): return .undecodable("the decoder died of signal \(number)")
        case .tooLong: return .tooDemanding("takes longer than \(Measure.time(errand.confinement.wallClock / .seconds(1)))")
        case .cancelled: return .cancelled
        case .notStarted(let what, let cause): return .machine("\(errand.tool.path) did not get \(what): error \(cause)")
        }
    }

    func need(_ tool: Tool?, _ package: String) throws(FittingError) -> Tool {
        guard let tool else { throw .toolMissing(package: package) }
        return tool
    }
}
