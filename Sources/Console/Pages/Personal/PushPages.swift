import Exchange
import HTTPStack
import Wire

/// `/push`: a browser asks to be called, or not to be any more. Asked by the script.
struct PushPages {
    let pages: Pages

    /// Browsers of one person: what is called takes its turn before others'.
    static let limit = 20

    var operations: [Operation] {
        [
            pages.page("/push") { _, _ in .text(pages.desk.personal.push.publicKey) },
            pages.form("/push") { _, visitor, form in
                guard let endpoint = form["endpoint"], let url = WebURL(endpoint), pages.desk.personal.push.serves(url),
                    let key = form["key"].flatMap(Base64URL.decode), key.count == 65, key[0] == 4,
                    let secret = form["secret"].flatMap(Base64URL.decode), secret.count == 16
                else { throw Problem.unprocessable("These are not the keys of a browser", field: "endpoint") }
                let others = try await pages.desk.personal.book.pushSubscriptions().filter { $0.person == visitor.account.person && $0.endpoint != endpoint }
                guard others.count < Self.limit else { throw Problem.conflict("At most \(Self.limit) browsers of one person are called", field: "endpoint") }
                try await pages.desk.personal.book.save(
                    PushSubscription(endpoint: endpoint, key: key, secret: secret, person: visitor.account.person, signIn: visitor.hash))
                return .empty(204)
            },
            pages.form("/push/end") { _, visitor, form in
                let book = pages.desk.personal.book, endpoint = form["endpoint"] ?? ""
                if try await book.pushSubscriptions().contains(where: { $0.endpoint == endpoint && $0.person == visitor.account.person }) {
                    _ = try await book.removePushSubscription(at: endpoint)
                }
                return .empty(204)
            },
        ]
    }
}
