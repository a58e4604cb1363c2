/// Something that goes wrong with the MMSC on demand, for the next so many requests it applies to.
public enum MultimediaFault: Equatable, Sendable {
    // Of fetching.
    /// This status and no message: 404, 410, 500, 503.
    case status(Int)
    /// Nothing for so long, then the answer.
    case slow(Duration)
    /// The connection ends after so many octets of the body.
    case cut(afterOctets: Int)
    /// A web page, with this type.
    case page
    /// The right message under another type.
    case wrongType(String)
    case gzip
    case chunked
    /// So many octets, compressed to nearly none.
    case bomb(octets: Int)
    /// So many octets, honestly announced.
    case huge(octets: Int)
    /// To this address.
    case redirect(String)
    // Of sending.
    /// M-Send.conf with this X-Mms-Response-Status.
    case refuse(responseStatus: UInt8)
    /// Takes the message and never answers.
    case loseAnswer

    /// Whether it is for submissions.
    var isOfSending: Bool {
        switch self {
        case .refuse, .loseAnswer: true
        case .status, .slow, .cut, .page, .wrongType, .gzip, .chunked, .bomb, .huge, .redirect: false
        }
    }
}
