/// A codec or framer that takes octets from outside, and what is promised of it whatever they are.
///
/// The fuzzer and the unit tests ask the same question, the one for hours and the others a fixed number of times.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// PDUs of a modem, both ways.
    case sms
    /// Texts cut into segments.
    case segmentation
    /// PDUs of MMS.
    case mms
    /// WAP pushes and the header fields of WSP.
    case wsp
    /// The parts of an MMS.
    case multipart
    /// What shows the parts of an MMS.
    case smil
    /// Receipts of a line, from their octets to their meaning.
    case interpretation
    /// The octets of an AT link: lines, answers, notifications.
    case at
    /// What programs write into AT commands.
    case argument
    /// A datagram of SIP.
    case sip
    /// A connection of SIP.
    case stream
    /// Addresses and single header fields.
    case uri
    /// Digest challenges and credentials.
    case digest
    case cpim
    /// Disposition notifications and what else is XML.
    case imdn
    /// Bodies of the HTTP API.
    case json
    /// Forms with files.
    case form
    /// Pictures and recordings, as far as they are looked at in the daemon.
    case media
    /// The configuration file.
    case configuration
    /// Files of programs that send and receive by them.
    case spool
    /// Contacts of phones and address books.
    case card
    /// Another phone's messages.
    case phone
    /// What authenticators say when somebody signs in.
    case passkey

    /// The promise that these octets break; nil when all are kept. A trap is the other way to fail.
    public func complaint(about octets: [UInt8]) -> String? {
        switch self {
        case .sms: Self.sms(octets)
        case .segmentation: Self.segmentation(octets)
        case .mms: Self.mms(octets)
        case .wsp: Self.wsp(octets)
        case .multipart: Self.multipart(octets)
        case .smil: Self.smil(octets)
        case .interpretation: Self.interpretation(octets)
        case .at: Self.at(octets)
        case .argument: Self.argument(octets)
        case .sip: Self.sip(octets)
        case .stream: Self.stream(octets)
        case .uri: Self.uri(octets)
        case .digest: Self.digest(octets)
        case .cpim: Self.cpim(octets)
        case .imdn: Self.imdn(octets)
        case .json: Self.json(octets)
        case .form: Self.form(octets)
        case .media: Self.media(octets)
        case .configuration: Self.configuration(octets)
        case .spool: Self.spool(octets)
        case .card: Self.card(octets)
        case .phone: Self.phone(octets)
        case .passkey: Self.passkey(octets)
        }
    }
}
