import Glibc

/// What a server may be called in a certificate: a host name or an address.
public enum ServerName {
    /// 4 or 16 octets where the text is an address.
    public static func address(_ text: String) -> [UInt8]? {
        var v4 = in_addr(), v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: v4) { Array($0) } }
        if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: v6) { Array($0) } }
        return nil
    }

    /// Lower-case, an address in its shortest form, so that two ways to write one are equal.
    public static func canonical(_ text: String) -> String {
        address(text).flatMap(Self.text(ofAddress:)) ?? text.lowercased()
    }

    /// Whether it can stand in a certificate: an address, or a name as the DNS has them (RFC 5890 §2.3.1), without `*`.
    public static func isValid(_ text: String) -> Bool {
        if address(text) != nil { return true }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253 && labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }
        }
    }

    /// The name by which TLS is asked for it: its own, or that of an address in the reverse tree, where an authority wants a proof of it (RFC 8738 §6).
    static func indication(of host: String) -> String {
        guard let octets = address(host) else { return host.lowercased() }
        if octets.count == 4 { return octets.reversed().map { "\($0)" }.joined(separator: ".") + ".in-addr.arpa" }
        return octets.reversed().flatMap { [$0 & 0x0F, $0 >> 4] }.map { String($0, radix: 16) }.joined(separator: ".") + ".ip6.arpa"
    }

    static func text(ofAddress octets: [UInt8]) -> String? {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(octets.count == 4 ? AF_INET : AF_INET6, octets, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
