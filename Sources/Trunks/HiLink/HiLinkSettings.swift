import Carriers
import HTTPStack
import Messaging
import Settings
import Telephony

/// What a line's section says of its router.
struct HiLinkSettings: Sendable {
    let line: LineID
    let address: RouterAddress
    var credentials: Credentials?
    var pin: String?
    var poll = Duration.seconds(5)
    var clock = RouterClock()
    /// How many segments the router takes in one text.
    var segmentsPerText = 5
    var segmentsPerMinute = 30
    var premium = PremiumNumbers.allowed
    /// Nil: as the router is set.
    var reports: ReportRequest?
    /// Nil: left as it is.
    var mobileData: DataSwitch?
    /// Nil: no picture messages.
    var pictures: PictureSettings?

    enum DataSwitch: Int, Hashable, Sendable {
        case off = 0
        case on = 1
    }

    init(line: LineID, address: RouterAddress) {
        self.line = line
        self.address = address
    }
}

extension HiLinkSettings {
    static let addressKey = Key<WebURL>("url", "The router's web page.", example: "http://192.168.8.1") { node throws(Unreadable) in
        guard case .scalar(let text) = node.content, let url = WebURL(text) else { throw Unreadable("an http or https URL expected, without a user name") }
        guard url.target == "/" else { throw Unreadable("only the host expected, such as http://192.168.8.1") }
        return url
    }
    static let userKey = Key<String>.text("user", "The user of the router's web page, where it asks for one.", example: "admin")
    static let passwordKey = Key<String>(
        "password-file", "File with the password of the router's web page; its first line counts. One that was refused is not tried again.",
        example: "/etc/homeline/router.password"
    ) { node throws(Unreadable) in
        guard case .scalar(let path) = node.content else { throw Unreadable("a path expected") }
        guard let password = SecretFile.firstLine(of: path) else { throw Unreadable("the file \(path) cannot be read") }
        return password
    }
    static let pinKey = Key<String>(
        "pin-file", "File with the SIM's PIN; its first line counts. It is not sent when fewer than three tries are left, and never twice when refused.",
        example: "/etc/homeline/home.pin"
    ) { node throws(Unreadable) in
        guard case .scalar(let path) = node.content else { throw Unreadable("a path expected") }
        guard let line = SecretFile.firstLine(of: path) else { throw Unreadable("the file \(path) cannot be read") }
        let pin = line.filter { $0 != " " }
        guard (4...8).contains(pin.utf8.count), pin.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw Unreadable("the first line of \(path) is no PIN: 4 to 8 digits expected")
        }
        return pin
    }
    static let pollKey = Key<Int>.number("poll-seconds", "How often the router is asked whether a text has come.", example: "5", in: 1...300)
    static let zoneKey = Key<RouterClock>(
        "time-zone", "The zone of the router's times, where it is not this machine's.", example: "Europe/Zurich"
    ) { node throws(Unreadable) in
        guard case .scalar(let name) = node.content, let clock = RouterClock(name) else { throw Unreadable("a zone such as Europe/Zurich expected") }
        return clock
    }
    static let segmentsKey = Key<Int>.number(
        "segments-per-text", "How many segments the router takes in one text; what is longer leaves as several.", example: "5", in: 1...20)
    static let rateKey = Key<Int>.number("segments-per-minute", "How many text segments may leave in a minute.", example: "30", in: 1...600)
    static let premiumKey = Key<PremiumNumbers>.choice(
        "premium-numbers", "Whether texts may go to numbers that cost more than the ordinary rate.", example: "refused",
        Dictionary(uniqueKeysWithValues: PremiumNumbers.allCases.map { ($0.rawValue, $0) }))
    static let reportsKey = Key<ReportRequest>.choice(
        "reports", "Sets the router to ask for delivery reports, or not to; without this key it stays as it is set.", example: "yes",
        ["yes": .wanted, "no": .notWanted])
    static let dataKey = Key<DataSwitch>.choice(
        "mobile-data", "Switches the router's mobile data on or off at the start; without this key it is left alone.", example: "off", ["on": .on, "off": .off])

    /// Every key, for the example configuration.
    static let keys: [KeyDoc] = [
        addressKey.required, userKey.documentation, passwordKey.documentation, pinKey.documentation, pollKey.documentation, zoneKey.documentation,
        segmentsKey.documentation, rateKey.documentation, premiumKey.documentation, reportsKey.documentation, dataKey.documentation,
        .section(
            "mms", "Fetches picture messages over the router's mobile data where it shows enough of their notices. It may be empty ({}).",
            PictureSettings.keys),
    ]

    /// Reads the keys of a line's section; the caller finishes the section.
    init(line: LineID, section: inout Section) throws(SettingsError) {
        self.init(line: line, address: RouterAddress(try section.require(Self.addressKey)))
        let user = try section.value(Self.userKey, default: "admin")
        credentials = try section.optional(Self.passwordKey).map { Credentials(user: user, password: $0) }
        pin = try section.optional(Self.pinKey)
        poll = .seconds(Int64(try section.value(Self.pollKey, default: 5)))
        clock = try section.value(Self.zoneKey, default: RouterClock())
        segmentsPerText = try section.value(Self.segmentsKey, default: 5)
        segmentsPerMinute = try section.value(Self.rateKey, default: 30)
        premium = try section.value(Self.premiumKey, default: .allowed)
        reports = try section.optional(Self.reportsKey)
        mobileData = try section.optional(Self.dataKey)
        pictures = try section.section("mms").map { section throws(SettingsError) in try PictureSettings(section) }
    }
}
