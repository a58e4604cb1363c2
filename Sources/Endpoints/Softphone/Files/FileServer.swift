import Exchange
import Files
import HTTPStack
import Logging
import Telephony

/// Where apps leave files for their messages; with what serves them again, what Linphone calls a file transfer server.
struct FileServer: Sendable {
    /// Who proves themselves by the Authorization header of a request.
    enum Login: Hashable, Sendable {
        case person(PersonID)
        /// Nobody yet; the values of WWW-Authenticate.
        case challenges([String])
    }

    /// What a login is judged by.
    struct Credentials: Hashable, Sendable {
        let authorization: String?
        let method: String
        /// As in the request line: it is part of what was hashed.
        let target: String
        let source: String
    }

    let links: FileLinks
    let media: any MediaStore
    let mint: Mint
    let uploads: UploadWatch
    /// Octets of one file.
    let limit: Int
    let log: Logger
    let login: @Sendable (Credentials) async -> Login

    /// What it serves on the HTTP listener.
    var routes: [Operation] {
        let upload = ReceiveFile(server: self)
        return [Operation(.post, FileLinks.path, access: .own, reading: limit + ReceiveFile.surplus, respond: upload.respond)]
    }
}
