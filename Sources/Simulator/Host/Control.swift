import Foundation
import NIOCore
import NIOPosix
import Wire

/// The control interface: the outside world and the gremlins, by JSON lines.
extension ModemHost {
    /// Listens for control connections.
    public func control(at address: ControlAddress) async throws {
        let bootstrap = ServerBootstrap(group: eventLoop).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(ControlLine(host: self)) }
        }
        switch address {
        case .unix(let path):
            keep(try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get())
        case .localTCP(let port):
            keep(try await bootstrap.bind(host: "127.0.0.1", port: port).get())
        }
    }

    func answer(_ line: [UInt8]) -> [UInt8] {
        let answer: ControlAnswer
        do {
            answer = try carryOut(JSONDecoder().decode(ControlRequest.self, from: Data(line)))
        } catch let error as DecodingError {
            answer = .failure("not a request: \(error.place)")
        } catch {
            answer = .failure("\(error)")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(answer)).map(Array.init) ?? Array(#"{"ok":false}"#.utf8)
    }

    private func carryOut(_ request: ControlRequest) throws -> ControlAnswer {
        guard let number = request.line ?? modemNumbers.first, modem(number) != nil else { throw Refusal(reason: "no such line") }
        switch request.command {
        case .text:
            try text(from: request.from.required("from"), to: request.to ?? number, request.text.required("text"))
        case .pdu:
            let octets = try Hex.decode(request.hex.required("hex"))
            guard let pdu = PDU(octets: octets) else { throw Refusal(reason: "hex: a service centre field and a TPDU expected") }
            tellNetwork(.pdu(pdu, kind: request.kind == "report" ? .report : .message, to: request.to ?? number))
        case .sent:
            return ControlAnswer(sent: network.sent.map(ControlAnswer.Sent.init))
        case .fault:
            inject(try request.modemFault(), into: number)
        case .air:
            tellNetwork(.fault(try request.airFault()))
        case .reports:
            tellNetwork(.reports(try request.reportPolicy()))
        case .phones:
            tellNetwork(.phones(try request.outsidePhone(), delay: request.delay ?? .milliseconds(100)))
        case .pace:
            tellNetwork(.pace(try request.delay.required("seconds")))
        case .ussd:
            guard let style = Personality.USSDStyle(rawValue: try request.mode.required("mode")) else {
                throw Refusal(reason: "mode: one of \(Personality.USSDStyle.allCases.map(\.rawValue).joined(separator: ", ")) expected")
            }
            inject(.ussdStyle(style), into: number)
        case .picture, .pictures, .mmsc, .pictureReports:
            return try carryOutMultimedia(request, line: number)
        case .state:
            return ControlAnswer(state: state(of: number))
        case .reset:
            tellNetwork(.reset)
            inject(.heal, into: number)
            inject(.factory, into: number)
            multimedia.reset()
        }
        return ControlAnswer()
    }

    private func state(of number: String) -> ControlAnswer.State? {
        guard let modem = modem(number), let place = places[number] else { return nil }
        return ControlAnswer.State(modem, at: place, waiting: network.waiting(for: number))
    }
}

extension ControlAnswer.Sent {
    init(_ message: SentMessage) {
        self.init(
            id: message.id, from: message.from, to: message.to, text: message.text, segments: message.total, complete: message.isComplete,
            report: message.wantsReport, coding: Int(message.coding),
            references: message.references.sorted { $0.key < $1.key }.map { Int($0.value) }, tpdus: message.tpdus.map { Hex.encode($0) },
            time: message.time)
    }
}

extension ControlAnswer.State {
    init(_ modem: VirtualModem, at place: ModemPlace, waiting: Int) {
        self.init(
            number: modem.sim.number, personality: modem.personality.name, attached: modem.isAttached, plugged: place.isPlugged, lost: place.lostOctets,
            sim: modem.sim.trouble.map { "\($0)" } ?? "ready", pinTries: modem.sim.pinTries, pukTries: modem.sim.pukTries,
            stored: Dictionary(uniqueKeysWithValues: modem.store.capacities.keys.map { ($0.rawValue, modem.store.used($0)) }),
            waiting: waiting, cnmi: modem.service.indications.values, charset: modem.settings.charset, mode: modem.modeName)
    }
}

extension Optional {
    /// The value of a request's field that must be there.
    func required(_ name: String) throws(Refusal) -> Wrapped {
        guard let value = self else { throw Refusal(reason: "\(name) is missing") }
        return value
    }
}

extension DecodingError {
    /// What was wrong, and where.
    fileprivate var place: String {
        let (context, key): (Context, String?) = switch self {
        case .keyNotFound(let key, let context): (context, key.stringValue)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): (context, nil)
        @unknown default: (Context(codingPath: [], debugDescription: "unreadable"), nil)
        }
        let path = (context.codingPath.map(\.stringValue) + [key].compactMap { $0 }).joined(separator: ".")
        return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    }
}
