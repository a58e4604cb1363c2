extension Profile {
    /// A modem that keeps to TS 27.005 and TS 27.007.
    public static let generic = Profile(name: "generic")
}
