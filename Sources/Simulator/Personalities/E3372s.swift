extension Personality {
    /// Huawei E3372s in stick mode.
    public static let e3372s = Personality.huawei(name: "e3372s", model: "E3372", revision: "21.180.01.00.00", imei: "861821030000019").with {
        // Lists `+CNMI` mode 2 but answers with an error when it is set.
        $0.indicationModes = [0, 1]
        $0.unknown.remove("+CEREG")
    }
}
