extension Profile {
    /// Every profile, the narrower before the wider; a line each.
    public static let all: [Profile] = [
        .huaweiE1750,
        .huaweiE3531,
        .huaweiE3372,
        .zteMF823,
        .sierraMC7455,
        .quectelEC25,
        .simcomSIM7600,
        .simcomSIM900,
        .simcomSIM800,
        .generic,
    ]

    /// The profile of a modem by what it says of itself: its model first, then its manufacturer, else the generic one.
    public static func matching(manufacturer: String, model: String) -> Profile {
        let model = model.lowercased()
        let manufacturer = manufacturer.lowercased()
        return all.first { $0.models.contains { model.contains($0) } }
            ?? all.first { $0.manufacturers.contains { manufacturer.contains($0) } }
            ?? .generic
    }

    public static func named(_ name: String) -> Profile? {
        all.first { $0.name == name }
    }
}
