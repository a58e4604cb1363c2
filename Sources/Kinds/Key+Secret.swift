import HTTPStack
import Settings

extension Key where Value == KnownSecret {
    /// A file with a secret on its first line, of at least `least` characters; words that stand for "none yet" are refused.
    public static func secretFile(_ name: String, _ doc: String, example: String, least: Int = KnownSecret.long) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in KnownSecret(try Self.secret(in: node, least: least)) }
    }
}

extension Key {
    fileprivate static func secret(in node: Node, least: Int) throws(Reason) -> String {
        guard case .scalar(let path) = node.content else { throw Reason("a file name expected") }
        guard let secret = SecretFile.firstLine(of: path) else { throw Reason("the file \(path) cannot be read") }
        guard secret.lowercased() != "change-me" else { throw Reason("the secret in \(path) is still change-me") }
        guard secret.utf8.count >= least else { throw Reason("the secret in \(path) is shorter than \(least) characters") }
        return secret
    }
}
