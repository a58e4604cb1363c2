import Foundation
import Wire

/// The control interface's words for pictures.
extension ModemHost {
    func carryOutMultimedia(_ request: ControlRequest, line number: String) throws -> ControlAnswer {
        switch request.command {
        case .picture:
            let recipients = (request.members ?? []) + [request.to ?? number]
            picture(try parts(of: request), from: try request.from.required("from"), to: recipients, subject: request.subject, asking: request.asking ?? .nothing)
        case .pictures:
            return ControlAnswer(pictures: multimedia.received.map(ControlAnswer.Picture.init), told: multimedia.told.map { Hex.encode($0) })
        case .pictureReports:
            reportMultimedia(try request.multimediaReports())
        default:
            guard request.fault != nil else {
                return ControlAnswer(mmsc: multimediaAddress(of: number), waiting: storedPaths().map { multimedia.base + $0 })
            }
            planMultimedia(try request.multimediaFault(), times: request.times ?? 1)
        }
        return ControlAnswer()
    }

    private static let fileLimit = 20 * 1024 * 1024

    /// The caption and the files, which are read here: whoever speaks to the control interface is on this machine.
    private func parts(of request: ControlRequest) throws -> [PicturePart] {
        guard !multimedia.base.isEmpty else { throw Refusal(reason: "there is no MMSC here; start it with --mmsc") }
        var parts: [PicturePart] = []
        if let text = request.text { parts.append(PicturePart(type: "text/plain", name: "text.txt", octets: Array(text.utf8))) }
        for path in request.files ?? [] {
            guard let file = FileHandle(forReadingAtPath: path), let contents = try file.read(upToCount: Self.fileLimit) else {
                throw Refusal(reason: "\(path) cannot be read")
            }
            let name = String(path.split(separator: "/").last ?? "file")
            parts.append(PicturePart(type: PicturePart.type(ofFile: name), name: name, octets: Array(contents)))
        }
        guard !parts.isEmpty else { throw Refusal(reason: "text or files expected") }
        return parts
    }
}

extension ControlRequest {
    func multimediaFault() throws(Refusal) -> MultimediaFault {
        switch try fault.required("fault") {
        case "status": .status(try code.required("code"))
        case "slow": .slow(delay ?? .seconds(5))
        case "cut": .cut(afterOctets: try octets.required("octets"))
        case "page": .page
        case "wrongType": .wrongType(text ?? "application/octet-stream")
        case "gzip": .gzip
        case "chunked": .chunked
        case "bomb": .bomb(octets: octets ?? 100_000_000)
        case "huge": .huge(octets: octets ?? 20_000_000)
        case "redirect": .redirect(try address.required("address"))
        case "refuse": .refuse(responseStatus: UInt8(clamping: code ?? 0xE1))
        case "loseAnswer": .loseAnswer
        case let name: throw Refusal(reason: "no fault of the MMSC is called \(name)")
        }
    }

    func multimediaReports() throws(Refusal) -> MultimediaCentre.Reports {
        var reports = MultimediaCentre.Reports()
        if let delay { reports.delay = delay }
        switch try outcome.required("outcome") {
        case "delivered": break
        case "expired": (reports.status, reports.isRead) = (0x80, false)
        case "rejected": (reports.status, reports.isRead) = (0x82, false)
        case "none": (reports.status, reports.isRead) = (nil, false)
        case let name: throw Refusal(reason: "outcome: delivered, expired, rejected or none expected, not \(name)")
        }
        return reports
    }
}

extension ControlAnswer.Picture {
    init(_ message: PictureMessage) {
        let parts = message.parts.map { part in
            Part(
                type: part.type, name: part.name, size: part.octets.count,
                text: part.type == "text/plain" ? String(decoding: part.octets, as: UTF8.self) : nil)
        }
        self.init(
            id: message.id, from: message.from, to: message.to, cc: message.copied, subject: message.subject, parts: parts,
            deliveryReport: message.wantsDeliveryReport, readReport: message.wantsReadReport, pdu: Hex.encode(message.octets), time: message.time)
    }
}
