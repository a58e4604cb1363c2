/// How the modem announces what arrives (`+CNMI`, TS 27.005 §3.4.1).
public struct NotificationSetting: Equatable, Sendable {
    public var mode: Int
    /// 1 store and tell the index, 2 hand over directly.
    public var messages: Int
    public var broadcasts: Int
    /// 0 none, 1 hand over directly, 2 store and tell the index.
    public var reports: Int
    public var buffer: Int

    public init(mode: Int, messages: Int, broadcasts: Int, reports: Int, buffer: Int) {
        self.mode = mode
        self.messages = messages
        self.broadcasts = broadcasts
        self.reports = reports
        self.buffer = buffer
    }

    /// What `+CNMI?` tells; what is missing at the end is 0.
    public init?(line: String) {
        guard let fields = Parameters(line, after: "+CNMI:"), let mode = fields.int(0), let messages = fields.int(1) else { return nil }
        self.init(mode: mode, messages: messages, broadcasts: fields.int(2) ?? 0, reports: fields.int(3) ?? 0, buffer: fields.int(4) ?? 0)
    }
}

/// What `+CNMI=?` allows, in the order of the parameters; an empty set was not told.
public struct NotificationChoices: Equatable, Sendable {
    public var modes: [Int]
    public var messages: [Int]
    public var broadcasts: [Int]
    public var reports: [Int]
    public var buffers: [Int]

    public init(modes: [Int], messages: [Int], broadcasts: [Int], reports: [Int], buffers: [Int]) {
        self.modes = modes
        self.messages = messages
        self.broadcasts = broadcasts
        self.reports = reports
        self.buffers = buffers
    }

    public init?(line: String) {
        guard let sets = ParameterSets(line, after: "+CNMI:"), !sets.ints(0).isEmpty else { return nil }
        self.init(modes: sets.ints(0), messages: sets.ints(1), broadcasts: sets.ints(2), reports: sets.ints(3), buffers: sets.ints(4))
    }
}
