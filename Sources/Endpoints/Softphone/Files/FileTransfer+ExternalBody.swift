import Files
import SIP

extension FileTransfer {
    /// A body that lies elsewhere (RFC 2046 §5.2.3, RFC 2017): where, in the type's own parameters; what, in the head inside. Nil where it is not
    /// on the web.
    init?(externalBody type: ContentType, _ octets: [UInt8]) {
        guard type.parameters["access-type"]?.lowercased() == "url", let address = type.parameters["url"], !address.isEmpty else { return nil }
        let size = type.parameters["size"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
        let head = String(decoding: octets.prefix(4096), as: UTF8.self).split(whereSeparator: \.isNewline)
        let inner = head.first { $0.lowercased().hasPrefix("content-type:") }.map { $0.dropFirst("content-type:".count).filter { $0 != " " } }
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let name = path.split(separator: "/").dropFirst(2).last.map(String.init)
        self.init(
            name: name ?? FileName.made(for: inner ?? ""), contentType: inner, size: size,
            // RFC 2017 lets the address be broken over lines.
            url: address.filter { !$0.isWhitespace }, until: type.parameters["expiration"])
    }
}
