import MMS
import Telephony

/// Writes picture messages as M-Send.req, and what is told to a carrier about those it gave us (OMA-TS-MMS_ENC 1.3 §6).
public struct MultimediaComposer: Sendable {
    public var reports: ReportRequest
    public var readReports: ReportRequest

    public init(reports: ReportRequest = .wanted, readReports: ReportRequest = .notWanted) {
        self.reports = reports
        self.readReports = readReports
    }

    /// - Parameter transaction: the same for every attempt, by which a carrier can know one it has.
    public func compose(
        _ parts: [FittedPart], subject: String?, to recipients: [Telephony.Address], transaction: String, date: Instant
    ) throws(Failure) -> [UInt8] {
        var addresses: [MMS.Address] = []
        for recipient in recipients { addresses.append(try MMS.Address(recipient: recipient)) }
        let body = Body(presenting: parts.map(Self.part))
        let request = SendRequest(
            transactionID: transaction, body: body, date: date.seconds, to: addresses, subject: subject, messageClass: .personal,
            deliveryReport: reports == .wanted, readReport: readReports == .wanted)
        return PDU.sendRequest(request).encoded()
    }

    /// That a message was read here, for who sent it (M-Read-Rec.ind).
    public func readReport(on reference: String, to sender: Telephony.Address, at instant: Instant) throws(Failure) -> [UInt8] {
        let report = MMS.ReadReport(
            messageID: reference, readStatus: .read, to: [try MMS.Address(recipient: sender)], date: instant.seconds)
        return PDU.readReport(report).encoded()
    }

    /// Octets of a message's frame without its parts, a little more rather than less: what parts may take is the carrier's limit less this.
    public static func overhead(parts: Int, recipients: Int) -> Int { 1024 + parts * 512 + recipients * 64 }

    private static func part(_ part: FittedPart) -> MMS.Part {
        guard part.mediaType == "text/plain" else {
            return MMS.Part(ContentType(part.mediaType), part.octets[...], contentLocation: part.name)
        }
        return MMS.Part(text: String(decoding: part.octets, as: UTF8.self))
    }
}
