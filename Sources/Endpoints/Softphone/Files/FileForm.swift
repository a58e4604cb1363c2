/// How an app takes files.
enum FileForm: Hashable, Sendable {
    /// One message a file: application/vnd.gsma.rcs-ft-http+xml.
    case transfer
    /// All in one message, with the words.
    case acrobits
    /// It knows texts alone, and is sent an address in one.
    case link

    /// What is known of apps by their names (User-Agent).
    init(userAgent: String) {
        let name = userAgent.lowercased()
        if name.contains("linphone") {
            self = .transfer
        } else if ["acrobits", "groundwire", "cloud softphone", "softphone.cloud"].contains(where: name.contains) {
            self = .acrobits
        } else {
            self = .link
        }
    }

    /// What an app says it takes (Accept); nil where that says nothing of files.
    init?(accepted types: [String]) {
        if types.contains("application/vnd.gsma.rcs-ft-http+xml") {
            self = .transfer
        } else if types.contains(AcrobitsFiles.mediaType) {
            self = .acrobits
        } else {
            return nil
        }
    }
}
