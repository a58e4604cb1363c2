/// A final result other than OK, before `+CMEE` decides how it reads.
public enum ModemError: Error, Equatable, Sendable {
    /// `ERROR` whatever `+CMEE` says: the command itself is not understood.
    case plain
    /// Mobile equipment error (3GPP TS 27.007 §9.2).
    case equipment(Int)
    /// Message service failure (3GPP TS 27.005 §3.2.5).
    case message(Int)

    /// The line for the terminal. `style` is the value of `+CMEE`: 0 bare, 1 numeric, 2 in words.
    func line(style: Int) -> String {
        switch (self, style) {
        case (.plain, _), (.equipment, 0):
            "ERROR"
        case (.equipment(let code), 2):
            "+CME ERROR: \(ModemError.equipmentWords[code] ?? "unknown")"
        case (.equipment(let code), _):
            "+CME ERROR: \(code)"
        case (.message(let code), 2):
            "+CMS ERROR: \(ModemError.messageWords[code] ?? "unknown error")"
        case (.message(let code), _):
            "+CMS ERROR: \(code)"
        }
    }

    private static let equipmentWords: [Int: String] = [
        0: "phone failure", 3: "operation not allowed", 4: "operation not supported", 10: "SIM not inserted",
        11: "SIM PIN required", 12: "SIM PUK required", 13: "SIM failure", 14: "SIM busy", 15: "SIM wrong",
        16: "incorrect password", 17: "SIM PIN2 required", 18: "SIM PUK2 required", 20: "memory full",
        21: "invalid index", 22: "not found", 30: "no network service", 31: "network timeout",
        32: "network not allowed - emergency calls only", 50: "incorrect parameters", 100: "unknown",
    ]

    private static let messageWords: [Int: String] = [
        300: "ME failure", 301: "SMS service of ME reserved", 302: "operation not allowed", 303: "operation not supported",
        304: "invalid PDU mode parameter", 305: "invalid text mode parameter", 310: "SIM not inserted", 311: "SIM PIN required",
        313: "SIM failure", 314: "SIM busy", 315: "SIM wrong", 316: "SIM PUK required", 320: "memory failure",
        321: "invalid memory index", 322: "memory full", 330: "SMSC address unknown", 331: "no network service",
        332: "network timeout", 340: "no +CNMA acknowledgement expected", 500: "unknown error",
    ]
}

extension ModemError {
    static let notAllowed = ModemError.equipment(3)
    static let notSupported = ModemError.equipment(4)
    static let badParameters = ModemError.equipment(50)
    static let wrongPassword = ModemError.equipment(16)
    static let invalidPDU = ModemError.message(304)
    static let invalidIndex = ModemError.message(321)
    static let memoryFull = ModemError.message(322)
    static let noService = ModemError.message(331)
    static let nothingToAcknowledge = ModemError.message(340)
}
