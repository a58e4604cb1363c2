/// Who we are on a router's page.
struct Credentials: Hashable, Sendable {
    let user: String
    let password: String
}
