/// What smsd writes of a status report: the body of a file in the folder `report`. In the one of what came, where smsd puts it without that folder,
/// anybody can write the same.
public struct SMSToolsReport: Hashable, Sendable {
    /// TP-MR of what it is about.
    public let reference: Int
    /// TP-Status.
    public let status: Int
    /// The words behind the status.
    public let words: String
    public let discharged: CivilTime?

    public init(reference: Int, status: Int, words: String, discharged: CivilTime?) {
        self.reference = reference
        self.status = status
        self.words = words
        self.discharged = discharged
    }

    static let heading = "SMS STATUS REPORT"

    /// Nil for any other body.
    public init?(_ body: String) {
        let lines = body.split(whereSeparator: \.isNewline)
        guard lines.first == Self.heading[...], lines.count <= 20 else { return nil }
        var values: [Substring: Substring] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            values[line[..<colon]] = line[line.index(after: colon)...].trimmed
        }
        let status = values["Status"]?.split(separator: ",", maxSplits: 1) ?? []
        guard let reference = values["Message_id"].flatMap({ Int($0) }), let code = status.first.flatMap({ Int($0) }), (0...255).contains(reference),
            (0...255).contains(code)
        else { return nil }
        self.init(
            reference: reference, status: code, words: status.count > 1 ? String(status[1]) : "",
            discharged: values["Discharge_timestamp"].flatMap { CivilTime($0) })
    }

    public var body: String {
        let time = discharged.map { "Discharge_timestamp: \($0.short)\n" } ?? ""
        return "\(Self.heading)\nMessage_id: \(reference)\n\(time)Status: \(status),\(words)"
    }
}
