/// Who asks for what is behind a provisioning link.
enum Asker: Hashable {
    /// A Linphone, which takes it.
    case app
    /// A person who looks at the link first.
    case browser
    /// Something that follows links unasked, such as the preview of a chat.
    case other

    /// Linphone marks the request since version 5.2. Before, it says only its name and the host: no browser, and nothing that fetches links for
    /// others, leaves out what it accepts.
    init(header: (String) -> String?) {
        guard header("X-Linphone-Provisioning") == nil, let accept = header("Accept") else {
            self = .app
            return
        }
        self = accept.lowercased().contains("text/html") ? .browser : .other
    }
}
