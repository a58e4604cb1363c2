/// Message class (3GPP TS 23.038 §4).
public enum MessageClass: UInt8, Hashable, Sendable {
    /// Class 0: shown at once, not stored ("flash").
    case flash = 0
    /// Class 1: for the mobile equipment.
    case mobileEquipment = 1
    /// Class 2: for the SIM.
    case sim = 2
    /// Class 3: for the terminal equipment.
    case terminalEquipment = 3
}
