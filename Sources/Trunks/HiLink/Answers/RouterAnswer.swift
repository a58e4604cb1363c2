import Wire

/// What a router said, whatever the HTTP status was: it answers 200 for errors, too.
enum RouterAnswer: Hashable, Sendable {
    case response(Element)
    case error(RouterError)
    /// A page for people, or nothing: the router does not know the request.
    case noAnswer

    /// Throws where it is XML that does not read.
    init(_ octets: [UInt8]) throws(DecodeError) {
        let start = octets.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        guard start != nil else {
            self = .noAnswer
            return
        }
        let isPage = octets.prefix(200).map { $0 | 0x20 }.firstRange(of: Array("<html".utf8)) != nil
        guard !isPage else {
            self = .noAnswer
            return
        }
        let root = try XMLReader.read(octets)
        self = root.name == "error" ? .error(RouterError(root)) : .response(root)
    }
}
