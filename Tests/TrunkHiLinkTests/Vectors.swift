import Foundation

@testable import TrunkHiLink

/// The files of `Tests/Vectors/hilink`.
enum Vectors {
    static let answers = [
        "sms-list", "sms-list-empty", "sms-count", "send-status", "state-login", "challenge", "error-108007", "error-125003", "signal",
    ]

    static func octets(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/hilink")
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func element(_ name: String) throws -> Element { try XMLReader.read(try octets(name + ".xml")) }

    struct Logins: Decodable {
        struct Challenge: Decodable {
            let password, clientNonce, proof: String
        }
        struct Hashed: Decodable {
            let user, password, token, proof: String
        }
        struct Plain: Decodable {
            let password, proof: String
        }
        let challenge: Challenge
        let hashed: Hashed
        let plain: Plain
    }

    static func logins() throws -> Logins { try JSONDecoder().decode(Logins.self, from: Data(try octets("logins.json"))) }
}
