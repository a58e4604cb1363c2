import AT
import Messaging
import Runtime
import Settings
import Telephony

/// Which modem serves a line.
public enum ModemAddress: Hashable, Sendable, CustomStringConvertible {
    case place(SerialPlace)
    /// Wherever it is plugged in.
    case imei(IMEI)

    /// What `SerialPlace` reads, or `imei:` and 15 digits.
    public init?(_ text: String) {
        if text.hasPrefix("imei:") {
            guard let imei = IMEI(String(text.dropFirst(5))) else { return nil }
            self = .imei(imei)
        } else {
            guard let place = SerialPlace(text) else { return nil }
            self = .place(place)
        }
    }

    public var description: String {
        switch self {
        case .place(let place): "\(place)"
        case .imei(let imei): "the modem with IMEI \(imei.digits)"
        }
    }
}

/// What a line's section says of its modem.
public struct ModemSettings: Sendable {
    public var line: LineID
    public var address: ModemAddress
    public var pin: String?
    /// Nil: chosen by what the modem says of itself.
    public var profile: Profile?
    public var route = ReceivingRoute.stored
    public var segmentsPerMinute = 30
    /// Whether the network is asked to report what becomes of each text.
    public var reports = ReportRequest.wanted
    public var premium = PremiumNumbers.allowed
    /// Nil: the SIM's own.
    public var serviceCentre: String?
    /// Sent after the profile's own.
    public var commands: [Command] = []
    /// Nil: no picture messages.
    public var multimedia: MultimediaSettings?

    public init(line: LineID, address: ModemAddress, pin: String? = nil) {
        self.line = line
        self.address = address
        self.pin = pin
    }
}

extension ModemSettings {
    static let device = Key<ModemAddress>(
        "device",
        "The modem: a path (best one of /dev/serial/by-id), tcp:host:port, or imei: and its 15 digits to find it wherever it is plugged in.",
        example: "imei:490154203237518"
    ) { node throws(Key<ModemAddress>.Reason) in
        guard case .scalar(let text) = node.content, let address = ModemAddress(text) else {
            throw Key<ModemAddress>.Reason("a path, tcp:host:port or imei:digits expected")
        }
        return address
    }
    static let pinKey = Key<String>(
        "pin-file",
        "File with the SIM's PIN; its first line counts. It is not sent when fewer than three tries are left, and never twice when refused.",
        example: "/etc/homeline/home.pin"
    ) { node throws(Key<String>.Reason) in
        guard case .scalar(let path) = node.content else { throw Key<String>.Reason("a path expected") }
        guard let pin = PINFile.pin(at: path) else { throw Key<String>.Reason("the file \(path) cannot be read") }
        guard (try? CommandArgument(pin: pin)) != nil else { throw Key<String>.Reason("the first line of \(path) is no PIN: 4 to 8 digits expected") }
        return pin
    }
    static let profileKey = Key<Profile>.choice(
        "profile", "The make, where it is not recognised by what the modem says of itself.", example: "huawei-e3372",
        Dictionary(uniqueKeysWithValues: Profile.all.map { ($0.name, $0) }))
    static let routeKey = Key<ReceivingRoute>.choice(
        "receive", "stored: the modem keeps a text until it is durable here. direct: it hands texts over at once.", example: "stored",
        Dictionary(uniqueKeysWithValues: ReceivingRoute.allCases.map { ($0.rawValue, $0) }))
    static let rateKey = Key<Int>.number("segments-per-minute", "How many text segments may leave in a minute.", example: "30", in: 1...600)
    static let reportsKey = Key<ReportRequest>.choice(
        "reports", "Whether the network is asked to report what becomes of each text; some carriers charge for it.", example: "yes",
        ["yes": .wanted, "no": .notWanted])
    static let premiumKey = Key<PremiumNumbers>.choice(
        "premium-numbers", "Whether texts may go to numbers that cost more than the ordinary rate.", example: "refused",
        Dictionary(uniqueKeysWithValues: PremiumNumbers.allCases.map { ($0.rawValue, $0) }))
    static let serviceCentreKey = Key<String>.text(
        "service-centre", "The number of the message centre, where the SIM's own is wrong.", example: "\"+491710760000\"")
    static let commandsKey = Key<[String]>.list("commands", "AT commands to send when the modem is set up.", example: "[AT+CFUN=1]")

    /// Every key, for the example configuration.
    public static let keys: [KeyDoc] = [
        device.required, pinKey.documentation, profileKey.documentation, routeKey.documentation, rateKey.documentation,
        reportsKey.documentation, premiumKey.documentation, serviceCentreKey.documentation, commandsKey.documentation,
        .section(
            "mms", "Picture messages, which cost data: without this section there are none. It may be empty ({}) where the list of carriers knows yours.",
            MultimediaSettings.keys),
    ]

    /// Reads the keys of a line's section; the caller finishes the section.
    public init(line: LineID, section: inout Section) throws(SettingsError) {
        self.init(line: line, address: try section.require(Self.device), pin: try section.optional(Self.pinKey))
        profile = try section.optional(Self.profileKey)
        route = try section.value(Self.routeKey, default: .stored)
        segmentsPerMinute = try section.value(Self.rateKey, default: 30)
        reports = try section.value(Self.reportsKey, default: .wanted)
        premium = try section.value(Self.premiumKey, default: .allowed)
        serviceCentre = try section.optional(Self.serviceCentreKey)
        if let serviceCentre, (try? CommandArgument(number: serviceCentre)) == nil {
            throw section.error("service-centre", "a number expected, in quotes")
        }
        multimedia = try section.section("mms").map { section throws(SettingsError) in try MultimediaSettings(section: section) }
        for text in try section.value(Self.commandsKey, default: []) {
            do {
                commands.append(try .verbatim(text))
            } catch {
                throw section.error("commands", "\(text) is no AT command: \(error)")
            }
        }
    }
}
