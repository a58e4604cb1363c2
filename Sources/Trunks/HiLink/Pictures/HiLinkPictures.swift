import Carriers
import Exchange
import HTTPStack
import Logging
import Telephony

/// Fetches picture messages over this machine's way to the network, which leads through the router, or should.
struct HiLinkPictures: MultimediaTrunk {
    /// Octets; more than any carrier takes.
    static let sizeLimit = 10 * 1024 * 1024
    static let patience = Duration.seconds(120)

    let settings: PictureSettings
    let facts: RouterFacts
    let environment: HiLinkEnvironment

    var limits: MultimediaLimits {
        get async { (try? environment.carriers.profile(imsi: facts.imsi, settings: settings.carrier))?.limits ?? .cautious }
    }

    /// Where the rest of an address belongs: the owner's word, else the carrier's message centre.
    var server: String? {
        guard let url = settings.server ?? carrier?.mmsc.flatMap({ WebURL($0) }) else { return nil }
        let target = url.description.hasSuffix(url.target) ? url.description.dropLast(url.target.utf8.count) : url.description[...]
        return target + "/"
    }

    private var carrier: CarrierProfile? { try? environment.carriers.profile(imsi: facts.imsi, settings: settings.carrier) }

    func retrieve(_ announcement: Announcement) async -> RetrievalOutcome {
        guard let url = WebURL(announcement.location) else { return .failed(Failure(.refused, "the address that the router shows is none")) }
        if let proxy = carrier?.proxy {
            return .failed(Failure(.refused, "the carrier wants its proxy \(proxy.host) to be used, which cannot be done through a HiLink router; 'proxy: none' tries without"))
        }
        var headers = [("Accept", "application/vnd.wap.mms-message, */*"), ("User-Agent", carrier?.userAgent ?? CarrierProfile.ordinaryUserAgent)]
        if let profile = carrier?.deviceProfile { headers.append(("x-wap-profile", profile)) }
        let request = OutgoingRequest(
            .get, url, headers: headers, timeout: Self.patience, answerBody: .whole(limit: Self.sizeLimit), redirects: 2)
        do {
            return PictureAnswer(try await environment.fetch(request, named)).outcome
        } catch {
            environment.logger.info("a picture message could not be fetched", metadata: ["why": "\(error.sentence)"])
            return error.disposition == .retry ? .deferred(error, until: nil) : .failed(error)
        }
    }

    /// The router keeps the carrier's name for the transaction to itself, so there is nothing to answer with; the carrier forgets the
    /// message at its time.
    func acknowledge(_ announcement: Announcement, _ acknowledgement: RetrievalAcknowledgement) async -> Failure? { nil }

    /// Hosts that may be in a private network: the carrier's and the owner's, never one that came in a message.
    private var named: Set<String> {
        Set([settings.server?.host, carrier?.mmsc.flatMap { WebURL($0)?.host }].compactMap { $0 })
    }
}
