extension URI {
    /// The comparison of RFC 3261 §19.1.4. It is not transitive, hence not `==`.
    public func isEquivalent(to other: URI) -> Bool {
        guard scheme == other.scheme else { return false }
        guard isSIP else { return Grammar.equalIgnoringCase(opaque, other.opaque) }
        guard URI.octets(escapedUser) == URI.octets(other.escapedUser), URI.octets(escapedPassword) == URI.octets(other.escapedPassword),
              host.isEquivalent(to: other.host), port == other.port
        else { return false }
        return parametersMatch(other) && other.parametersMatch(self) && headersMatch(other) && other.headersMatch(self)
    }

    /// Parameters that count even where only one URI has them.
    private static let decisive = ["user", "ttl", "method", "maddr", "transport"]

    private func parametersMatch(_ other: URI) -> Bool {
        parameters.list.allSatisfy { parameter in
            guard let theirs = other.parameters[unescaped: parameter.name] else {
                return !URI.decisive.contains { Grammar.equalIgnoringCase($0, Escaping.unescape(parameter.name)) }
            }
            return Grammar.equalIgnoringCase(Escaping.unescape(parameter.value ?? ""), theirs)
        }
    }

    private func headersMatch(_ other: URI) -> Bool {
        headers.list.allSatisfy { header in
            other.headers[unescaped: header.name] == Escaping.unescape(header.value ?? "")
        }
    }

    private static func octets(_ escaped: String?) -> [UInt8]? {
        escaped.map { Escaping.octets(of: $0) }
    }
}

extension Parameters {
    /// The value of the name, escapes in both resolved.
    fileprivate subscript(unescaped name: String) -> String? {
        let wanted = Escaping.unescape(name)
        return list.first { Grammar.equalIgnoringCase(Escaping.unescape($0.name), wanted) }.map { Escaping.unescape($0.value ?? "") }
    }
}
