extension Personality {
    /// Huawei E1750: 3G, 20 places on the card and none of its own.
    public static let e1750 = Personality.huawei(name: "e1750", model: "E1750", revision: "11.126.03.00.00", imei: "353914020000017").with {
        $0.technology = 2
        $0.capacities = [.card: 20]
        $0.commands.append(.fixed("^CARDLOCK", "^CARDLOCK: 2,10,0"))
    }
}
