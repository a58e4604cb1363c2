extension Profile {
    /// Huawei E3531 and E3131 in stick mode: the storage's count lags behind `+CMTI`.
    public static let huaweiE3531 = huawei(name: "huawei-e3531", models: ["e3531", "e3131", "e303"])
}
