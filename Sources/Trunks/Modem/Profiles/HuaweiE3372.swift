import AT

extension Profile {
    /// Huawei E3372 and other LTE sticks in stick mode (12d1:1506); any other Huawei is taken for one.
    ///
    /// Tells the signal by `^HCSQ`; writes registration without quotes; newer firmware answers USSD in plain text.
    public static let huaweiE3372: Profile = {
        var profile = huawei(name: "huawei-e3372", models: ["e3372", "e3272", "e3276", "e8372", "e398"])
        profile.manufacturers = ["huawei"]
        profile.signal = .literal("AT^HCSQ?", expects: .prefixed(["^HCSQ:"]))
        profile.storages = [.sim, .equipment]
        return profile
    }()
}
