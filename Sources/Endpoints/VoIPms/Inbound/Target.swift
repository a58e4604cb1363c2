import HTTPStack
import Telephony

/// Somewhere that an account is told of incoming messages.
struct Target: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        /// A GET of an address with the message in it, answered with `ok`.
        case callback(CallbackTemplate)
        /// A POST of a JSON document.
        case webhook(WebURL)
    }

    enum Persistence: Hashable, Sendable {
        /// Told once, whatever comes of it.
        case once
        /// Until it is taken.
        case untilTaken
    }

    /// Whose queue it is; the same after the settings change its address.
    let receiver: ReceiverID
    let form: Form
    let persistence: Persistence
    /// Named by an app and not by the owner: never a place in the house.
    let isFromApp: Bool

    /// What the settings name.
    init(account: String, form: Form, persistence: Persistence) {
        receiver =
            switch form {
            case .callback: ReceiverID("\(account)/callback")
            case .webhook: ReceiverID("\(account)/webhook")
            }
        self.form = form
        self.persistence = persistence
        isFromApp = false
    }

    /// What an app left.
    init(ofAppOf account: String, _ template: CallbackTemplate, persistence: Persistence) {
        receiver = Self.fromApp(of: account)
        form = .callback(template)
        self.persistence = persistence
        isFromApp = true
    }

    static func fromApp(of account: String) -> ReceiverID { ReceiverID("\(account)/app") }

    var host: String {
        switch form {
        case .callback(let template): template.host
        case .webhook(let url): url.host
        }
    }
}
