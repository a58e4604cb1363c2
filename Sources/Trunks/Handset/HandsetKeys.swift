import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

/// Keys that several kinds of this folder have, and how they are read.
enum HandsetKeys {
    static func url(_ doc: String, example: String) -> Key<WebURL> {
        Key("url", doc, example: example) { node throws(Key<WebURL>.Reason) in
            guard case .scalar(let text) = node.content, let url = WebURL(text) else {
                throw Key<WebURL>.Reason("an http or https URL expected, without a user name")
            }
            return url
        }
    }

    /// A secret in a file of its own.
    static func secret(_ name: String, _ doc: String, example: String, atLeast length: Int) -> Key<String> {
        Key(name, doc, example: example) { node throws(Key<String>.Reason) in
            guard case .scalar(let path) = node.content else { throw Key<String>.Reason("a file name expected") }
            guard let secret = SecretFile.firstLine(of: path) else { throw Key<String>.Reason("the file \(path) cannot be read") }
            guard secret.utf8.count >= length else { throw Key<String>.Reason("the secret in \(path) is shorter than \(length) characters") }
            return secret
        }
    }

    /// Where the phone posts to us.
    static func path(_ fallback: String) -> Key<String> {
        Key("path", "Where the phone posts to on this machine's HTTP listener; \(fallback) unless given. Each line needs its own.", example: fallback) { node throws(Key<String>.Reason) in
            guard case .scalar(let path) = node.content, path.hasPrefix("/webhook/"), path.utf8.count <= 100, path.utf8.allSatisfy(isOfPath) else {
                throw Key<String>.Reason("a path such as /webhook/phone-2 expected: /webhook/, then letters, digits, - and _")
            }
            return path
        }
    }

    static let poll = Key.duration("poll", "How often the phone is asked how it is.", example: "30s")

    static let pictureSize = Key.number(
        "mms-size", "Kilobytes that the carrier takes in one picture message; files are made to fit.", example: "300", in: 30...20_000)

    /// The context of a kind, with a client that may reach the host of the settings wherever it is.
    static func context(_ context: TrunkContext, _ section: Section, reaching host: String) throws(SettingsError) -> (HandsetContext, GuardedClient) {
        guard let numbers = NumberPlan(country: context.country) else {
            throw section.error("country", "\(context.country) is no country with telephones")
        }
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: [host]))
        return (HandsetContext(context, numbers: numbers, client: client), client)
    }

    private static func isOfPath(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
