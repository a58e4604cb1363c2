/// What a browser calls itself, as people know it: `Firefox on Linux`. It is free to lie, so this is for looking at only.
enum BrowserName {
    /// The first that is found counts: many say that they are others too.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
        ("Chrom", "Chrome"), ("Safari", "Safari"), ("curl", "curl"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]

    /// Empty for what is not known.
    static func of(_ agent: String?) -> String {
        let agent = (agent ?? "").prefix(500)
        let browser = browsers.first { agent.contains($0.0) }?.1
        let system = systems.first { agent.contains($0.0) }?.1
        guard let browser else { return system ?? "" }
        return system.map { "\(browser) on \($0)" } ?? browser
    }
}
