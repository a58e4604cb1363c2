import Wire

extension Command {
    /// PDU mode (TS 27.005 §3.2.3).
    public static let pduMode = Command("AT+CMGF=0")
    public static let messageServicePhase2Plus = Command("AT+CSMS=1")
    /// Hold the radio link for the next message as long as the modem likes (TS 27.005 §3.5.6).
    public static let moreMessagesToSend = Command("AT+CMMS=2")

    public static let storageChoices = Command("AT+CPMS=?", expects: .prefixed(["+CPMS:"]))
    public static let storageUse = Command("AT+CPMS?", expects: .prefixed(["+CPMS:"]), within: Deadline.sim)

    /// Read from, write to and receive into one storage (TS 27.005 §3.2.2).
    public static func useStorage(_ storage: Storage) -> Command {
        Command(
            "AT+CPMS=\"\(storage.rawValue)\",\"\(storage.rawValue)\",\"\(storage.rawValue)\"", expects: .prefixed(["+CPMS:"]), within: Deadline.sim)
    }

    /// Read from one storage, leaving the others as they are.
    public static func readStorage(_ storage: Storage) -> Command {
        Command("AT+CPMS=\"\(storage.rawValue)\"", expects: .prefixed(["+CPMS:"]), within: Deadline.sim)
    }

    public static let notificationChoices = Command("AT+CNMI=?", expects: .prefixed(["+CNMI:"]))

    public static let notificationSetting = Command("AT+CNMI?", expects: .prefixed(["+CNMI:"]))

    /// How messages are announced (TS 27.005 §3.4.1).
    public static func notify(_ setting: NotificationSetting) -> Command {
        Command("AT+CNMI=\(setting.mode),\(setting.messages),\(setting.broadcasts),\(setting.reports),\(setting.buffer)")
    }

    /// Every stored message, read or not.
    public static let listMessages = Command("AT+CMGL=4", expects: .withPayload(prefix: "+CMGL:"), within: Deadline.listing)

    public static func readMessage(_ index: UInt16) -> Command {
        Command("AT+CMGR=\(index)", expects: .withPayload(prefix: "+CMGR:"), within: Deadline.sim)
    }

    public static func deleteMessage(_ index: UInt16) -> Command {
        Command("AT+CMGD=\(index)", within: Deadline.sim)
    }

    /// Acknowledge a message that was routed past the storage (TS 27.005 §3.4.4).
    public static let acknowledge = Command("AT+CNMA=0")
    public static let acknowledgeBare = Command("AT+CNMA")

    /// Submit a TPDU (TS 27.005 §3.5.1). `pdu` holds the service centre's field and the TPDU; throws when it holds less than its first octet promises.
    public static func submit(pdu: [UInt8]) throws(CommandError) -> Command {
        guard let centre = pdu.first else { throw CommandError.empty }
        let length = pdu.count - 1 - Int(centre)
        guard length > 0 else { throw CommandError.empty }
        guard length <= 255 else { throw CommandError.tooLong(limit: 255) }
        return Command("AT+CMGS=\(length)", expects: .prefixed(["+CMGS:"]), within: Deadline.submission, payload: Hex.encode(pdu))
    }
}
