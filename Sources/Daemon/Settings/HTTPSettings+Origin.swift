extension HTTPSettings {
    /// What stands before the path of a link to the pages: as others reach the listener where somebody said, else as this machine does.
    var origin: String {
        if let publicURL {
            let text = publicURL.description
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        let scheme = certificate == nil ? "http" : "https"
        let listen = listen ?? "127.0.0.1:8080"
        let reachable = listen.hasPrefix("0.0.0.0:") ? "127.0.0.1" + listen.dropFirst(7) : listen.hasPrefix("[::]:") ? "[::1]" + listen.dropFirst(4) : listen
        return "\(scheme)://\(reachable)"
    }
}
