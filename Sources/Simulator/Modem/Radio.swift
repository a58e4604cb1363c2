/// Where the modem stands with the network (3GPP TS 27.007 §7.2, §7.3, §8.5).
public struct Radio: Equatable, Sendable {
    /// `+CFUN`: what is switched on.
    public enum Functionality: Int, Equatable, Sendable {
        case minimum = 0, full = 1, flight = 4
    }

    public var functionality = Functionality.full
    /// 1 home, 2 searching, 3 denied, 5 roaming: what `+CREG?` says while the radio is on and the card is ready.
    public var coverage = 1
    /// After power-on it takes a while to find the network.
    public var isSearching = false
    /// Access technology as `+CREG` and `+COPS` number it: 0 GSM, 2 UTRAN, 7 LTE.
    public var technology: Int
    public var areaCode = "4CA1"
    public var cell = "01A2D001"
    public var operatorName = "Simulated"
    /// Mobile country and network code.
    public var operatorCode = "26201"
    /// `+CSQ` received signal strength, 0 to 31.
    public var strength = 21

    public init(technology: Int) {
        self.technology = technology
    }
}
