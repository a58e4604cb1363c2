extension Personality {
    /// Keeps to 3GPP TS 27.005 and 27.007, no vendor commands.
    public static let generic = Personality(
        name: "generic", manufacturer: "Generic", model: "Virtual Modem", revision: "1.0", imei: "490154203237518")
}
