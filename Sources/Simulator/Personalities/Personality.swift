/// What makes a modem model itself: identity, memories, habits and vendor commands.
public struct Personality: Sendable {
    /// How `+CUSD` carries text.
    public enum USSDStyle: String, Codable, CaseIterable, Sendable {
        /// Packed septets as hex, coding scheme 15: Huawei.
        case packed
        /// UCS2 as hex, coding scheme 72.
        case ucs2
        /// Plain characters.
        case plain
        /// Octets of the GSM alphabet, one a character.
        case gsm
        /// UCS2 hex when `+CSCS="UCS2"`, otherwise plain.
        case charset
    }

    /// The key it is chosen by.
    public var name: String
    /// Nil answers `+CGMI` with an error.
    public var manufacturer: String?
    public var model: String
    public var revision: String
    public var imei: String
    public var capabilities = "+CGSM,+DS,+ES"
    /// Access technology as `+CREG` numbers it.
    public var technology = 7
    public var capacities: [MessageStore.Memory: Int] = [.card: 20, .equipment: 100, .reports: 10]
    public var firstIndex = 1
    /// The memory in use after power-on.
    public var memory = MessageStore.Memory.card
    /// `+CNMI` modes it takes.
    public var indicationModes: Set<Int> = [0, 1, 2, 3]
    /// `+CNMI` report routings it takes.
    public var reportRoutings: Set<Int> = [0, 1, 2]
    /// What goes before the length of a status report.
    public var reportHeader = "+CDS: "
    /// The first field of `+CSMS?`, which some leave out.
    public var serviceAnswer = ServiceAnswer.complete
    /// Whether `+CREG` quotes area and cell.
    public var cellQuoting = CellQuoting.quoted
    public var ussdStyle = USSDStyle.charset
    /// Said after power-on.
    public var banner: [String] = []
    /// Said when a message finds no room.
    public var fullAnnouncement: String?
    /// The final result of a command it does not know.
    public var unknownCommand = "ERROR"
    /// Standard commands it does not know.
    public var unknown: Set<String> = []
    /// Commands of its own, which go before the standard ones.
    var commands: [Command] = []

    public enum ServiceAnswer: Sendable { case complete, withoutService }
    public enum CellQuoting: Sendable { case quoted, bare }

    init(name: String, manufacturer: String?, model: String, revision: String, imei: String) {
        self.name = name
        self.manufacturer = manufacturer
        self.model = model
        self.revision = revision
        self.imei = imei
    }

    func command(named name: String) -> Command? {
        commands.first { $0.name == name }
    }

    func with(_ change: (inout Personality) -> Void) -> Personality {
        var personality = self
        change(&personality)
        return personality
    }
}

extension Personality {
    /// Every model that can be played; one line each.
    public static let all: [Personality] = [
        .generic, .e1750, .e3372s, .e3531, .mf823, .ec25, .sim7600, .sim800, .sim900, .mc7455, .a7670e,
    ]

    /// The model of this name, nil when there is none.
    public static func named(_ name: String) -> Personality? {
        all.first { $0.name == name.lowercased() }
    }
}
