extension Personality {
    /// Huawei E3531 in stick mode: 3G.
    public static let e3531 = Personality.huawei(name: "e3531", model: "E3531", revision: "22.521.23.00.00", imei: "863781010000013").with {
        $0.technology = 2
    }
}
