import AT

/// What is particular to a make of modem. A profile is a value: adding one is a file and a line in `Profile.all`.
public struct Profile: Sendable {
    /// As a person may write it in the configuration.
    public let name: String
    /// Beginnings of the model's name, lower case; the model decides before the manufacturer, which some leave out.
    public var models: [String] = []
    /// Words in the manufacturer's name, lower case.
    public var manufacturers: [String] = []

    /// Sent before the SIM is looked at; errors are ignored.
    public var initialisation: [Command] = []
    /// Sent when the SIM is ready; errors are ignored.
    public var preparation: [Command] = []

    /// Asks for the tries left, and how the answer reads.
    public var pinTries: PINCounter = PINCounter(.literal("AT+CPINR", expects: .prefixed(["+CPINR:"]), within: Command.Deadline.sim), .standard)
    public var cardIdentity = Command.cardIdentity
    public var signal: Command = .signalQuality
    public var networkTime: Command = .clock

    /// Storages for received messages, the best first.
    public var storages: [Storage] = [.sim, .equipment]
    /// Where status reports lie when the modem keeps them apart.
    public var reportStorage: Storage?
    /// Modes of `+CNMI`, the best first.
    public var notificationModes: [Int] = [2, 1, 3, 0]
    public var acknowledgement = Acknowledgement.withZero
    /// How a USSD string is written at first; what the modem refuses is written otherwise.
    public var ussd = USSDWriting.plain
    /// Whether `+CMGL` right after `+CMTI` may still be empty.
    public var listing = Listing.immediate
    /// How its data context comes up, where the settings do not say.
    var bearer = BearerSettings.Kind.network
    /// How a data context for its network interface is switched on and off.
    var dataCommands = DataCommands.standard
    /// How long a restart takes.
    public var restartTime = Duration.seconds(20)

    public struct PINCounter: Sendable {
        public let command: Command
        public let form: PINTries.Form

        public init(_ command: Command, _ form: PINTries.Form) {
            self.command = command
            self.form = form
        }
    }

    /// How a message that bypassed the storage is acknowledged.
    public enum Acknowledgement: Sendable {
        case withZero
        case bare
        case never
    }

    public enum Listing: Sendable {
        case immediate
        case late(Duration)
    }

    public init(name: String) {
        self.name = name
    }
}
