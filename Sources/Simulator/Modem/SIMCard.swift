/// The card in the modem: who the subscriber is, and the PIN that guards it (3GPP TS 27.007 §8.3).
public struct SIMCard: Equatable, Sendable {
    /// What keeps the card from being used.
    public enum Trouble: Equatable, Sendable {
        case absent, busy, pin, puk, blocked
    }

    public var imsi: String
    public var iccid: String
    /// The line's own number, E.164 with `+`.
    public var number: String
    /// The service centre, E.164 with `+`; empty makes every send fail.
    public var serviceCentre: String
    public var pin: String
    public var puk: String
    /// Whether the PIN is asked for at start (`+CLCK="SC"`).
    public var isLocked: Bool
    public var isPresent = true
    public var isBusy = false
    public private(set) var pinTries = 3
    public private(set) var pukTries = 10
    private var isVerified = false

    public init(
        number: String = "+4915112345678", imsi: String = "262011234567890", iccid: String = "8949020000012345678",
        serviceCentre: String = "+491710760000", pin: String = "1234", puk: String = "12345678", isLocked: Bool = false
    ) {
        self.number = number
        self.imsi = imsi
        self.iccid = iccid
        self.serviceCentre = serviceCentre
        self.pin = pin
        self.puk = puk
        self.isLocked = isLocked
    }

    /// Nil when the card is ready.
    public var trouble: Trouble? {
        if !isPresent { return .absent }
        if isBusy { return .busy }
        if pukTries == 0 { return .blocked }
        if pinTries == 0 { return .puk }
        return isLocked && !isVerified ? .pin : nil
    }

    /// What power-off does: the PIN is asked for again.
    mutating func reset() {
        isVerified = false
    }

    mutating func enter(pin entered: String) -> Bool {
        guard pinTries > 0 else { return false }
        guard entered == pin else {
            pinTries -= 1
            isVerified = false
            return false
        }
        pinTries = 3
        isVerified = true
        return true
    }

    mutating func enter(puk entered: String, newPIN: String) -> Bool {
        guard pukTries > 0 else { return false }
        guard entered == puk, (4...8).contains(newPIN.count) else {
            pukTries -= 1
            return false
        }
        pin = newPIN
        pinTries = 3
        pukTries = 10
        isVerified = true
        return true
    }

    /// Puts the card into the state a test asks for.
    mutating func spend(pinTries left: Int) {
        pinTries = max(0, min(3, left))
        isVerified = isVerified && pinTries > 0
    }
}

extension SIMCard.Trouble {
    var equipmentError: ModemError {
        switch self {
        case .absent: .equipment(10)
        case .busy: .equipment(14)
        case .pin: .equipment(11)
        case .puk: .equipment(12)
        case .blocked: .equipment(13)
        }
    }

    var messageError: ModemError {
        switch self {
        case .absent: .message(310)
        case .busy: .message(314)
        case .pin: .message(311)
        case .puk: .message(316)
        case .blocked: .message(313)
        }
    }
}
