import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Runtime

/// The MMSC among the modems: its HTTP server, its pushes, and the phones outside that see pictures.
extension ModemHost {
    /// Listens for MM1; the port it got.
    ///
    /// - Parameter name: the host that addresses of messages name; where it listens when left out.
    @discardableResult
    public func multimedia(on port: Int = 0, of host: String = "127.0.0.1", as name: String? = nil, album: String? = nil) async throws -> Int {
        if let album { self.album = PictureAlbum(directory: album) }
        let channel = try await ServerBootstrap(group: eventLoop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(MultimediaConnection(host: self))
                }
            }
            .bind(host: host, port: port).get()
        keep(channel)
        let bound = channel.localAddress?.port ?? port
        multimedia.base = "http://\(name ?? host):\(bound)"
        return bound
    }

    /// The MMSC address of a line.
    public func multimediaAddress(of number: String) -> String {
        "\(multimedia.base)/mms/\(number.filter { $0.isASCII && $0.isNumber })"
    }

    /// A phone outside sends pictures to lines, several of them for a group.
    public func picture(_ parts: [PicturePart], from: String, to: [String], subject: String? = nil, asking wish: MultimediaCentre.ReportWish = .nothing) {
        multimedia.lines = Set(modemNumbers)
        carryOut(multimedia.send(parts, from: from, to: to, subject: subject, asking: wish, at: clock()))
    }

    /// Where messages wait to be fetched.
    public func storedPaths() -> [String] { multimedia.stored.keys.sorted() }

    public func planMultimedia(_ fault: MultimediaFault, times: Int = 1) {
        multimedia.plan(fault, times: times)
    }

    public func reportMultimedia(_ reports: MultimediaCentre.Reports) {
        multimedia.reports = reports
    }

    func answerMultimedia(_ method: String, _ target: String, headers: [String: String], body: [UInt8]) -> MultimediaReply {
        multimedia.lines = Set(modemNumbers)
        let (reply, effects) = multimedia.answer(method, target, headers: headers, body: body, line: line(ofTarget: target), at: clock())
        carryOut(effects)
        return reply
    }

    /// `/mms/15550100100` is the line with that number; anything else the first.
    private func line(ofTarget target: String) -> String {
        let named = "+" + (target.split(separator: "/").last ?? "")
        return modemNumbers.contains(named) ? named : modemNumbers.first ?? ""
    }

    private func carryOut(_ effects: [MultimediaCentre.Effect]) {
        for effect in effects {
            switch effect {
            case .push(let octets, let number):
                push(octets, to: number)
            case .pushLater(let octets, let number, let delay):
                eventLoop.scheduleTask(in: TimeAmount(delay)) { self.assumeIsolated { $0.push(octets, to: number) } }
            case .received(let message):
                receivedPicture(message, files: album?.keep(message) ?? [])
            }
        }
    }

    private func push(_ octets: [UInt8], to number: String) {
        pushes &+= 1
        let timestamp = network.composer.timestamp(clock())
        guard let tpdus = try? PushMessage.tpdus(octets, transaction: pushes, from: Self.pushGateway, at: timestamp) else { return }
        for tpdu in tpdus { tellNetwork(.pdu(PDU(tpdu: tpdu), kind: .message, to: number)) }
    }

    /// The short code that pushes come from.
    private static let pushGateway = "7626"
}
