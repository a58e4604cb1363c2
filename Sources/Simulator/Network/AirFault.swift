/// Something that happens to messages on their way to a modem.
public enum AirFault: Equatable, Sendable {
    /// This segment (from 1) of the next text comes twice.
    case duplicateSegment(Int)
    /// This segment (from 1) of the next text never comes.
    case missingSegment(Int)
    /// The next text comes last segment first.
    case reversed
    /// The next text's TP-DCS names the wrong alphabet.
    case wrongCoding
    /// The service centre's zone in quarter hours, from now on.
    case zone(Int)
    /// The network refuses the next submissions with this cause (3GPP TS 24.011 §8.2.5.4).
    case refuse(cause: Int, times: Int)
}
