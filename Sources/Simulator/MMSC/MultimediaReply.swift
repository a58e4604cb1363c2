/// What the MMSC's HTTP server answers, and how badly.
struct MultimediaReply: Equatable, Sendable {
    enum Delivery: Equatable, Sendable {
        case whole
        case chunked
        /// After so long.
        case late(Duration)
        /// The connection ends after so many octets of the body.
        case cut(afterOctets: Int)
        /// The connection ends without an answer.
        case never
    }

    var status = 200
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var delivery = Delivery.whole

    static func message(_ octets: [UInt8]) -> MultimediaReply {
        MultimediaReply(headers: octets.isEmpty ? [] : [("Content-Type", MultimediaCentre.mediaType)], body: octets)
    }

    static func status(_ status: Int) -> MultimediaReply {
        MultimediaReply(status: status, headers: [("Content-Type", "text/plain")], body: Array("\(status)\n".utf8))
    }

    static func == (one: MultimediaReply, other: MultimediaReply) -> Bool {
        one.status == other.status && one.body == other.body && one.delivery == other.delivery
            && one.headers.elementsEqual(other.headers) { $0 == $1 }
    }
}
