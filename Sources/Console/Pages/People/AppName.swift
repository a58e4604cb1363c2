/// What an app calls itself in `User-Agent` (RFC 3261 §20.41), for people: it is a stranger's text.
struct AppName: Hashable {
    private static let limit = 160

    /// The first product, `LinphoneAndroid 5.2.1`; nil where it said nothing.
    let short: String?
    /// All of it, within reason.
    let full: String?

    init(userAgent: String) {
        let text = ConversationList.beginning(of: userAgent, Self.limit)
        full = text.isEmpty ? nil : text
        let product = text.prefix { $0 != " " && $0 != "(" }
        short = product.isEmpty ? nil : String(product).replacing("/", with: " ", maxReplacements: 1)
    }
}
