import Exchange
import HTTPStack
import Telephony

/// Calls the address that the writer of a message gave, with what became of it.
struct ReportCaller: Sendable {
    /// Hosts that may be called, because the owner named them.
    let hosts: Set<String>
    let client: any WebClient
    let mint: Mint

    private static let timeout: Duration = .seconds(15)

    func deliver(_ claim: Claim) async -> Outcome {
        guard case .status(let notice) = claim.delivery.content, let origin = claim.message.origin, let wish = ReportWish(reference: origin.reference),
            let event = wish.event(notice)
        else { return .accepted(reference: nil) }
        let values = ReportValues(
            message: claim.message.id, line: claim.message.line, recipient: notice.recipient.text, at: mint.now(), reason: notice.reason)
        guard let url = wish.url(event, values), hosts.contains(url.host) else {
            return .failed(Failure(.refused, "the dlr-url is no address we may call"))
        }
        do throws(Failure) {
            let answer = try await client.send(OutgoingRequest(.get, url, timeout: Self.timeout, answerBody: .none))
            guard !(200..<300).contains(answer.status) else { return .accepted(reference: nil) }
            throw Failure(.http(answer.status))
        } catch {
            return error.disposition == .retry ? .deferred(error, until: nil) : .failed(error)
        }
    }
}

extension StatusNotice {
    fileprivate var recipient: Address {
        switch self {
        case .delivered(let recipient, _), .read(let recipient, _), .failed(let recipient, _), .inDoubt(let recipient, _): recipient
        }
    }

    fileprivate var reason: String {
        switch self {
        case .failed(_, let failure), .inDoubt(_, let failure): failure.sentence
        case .delivered, .read: ""
        }
    }
}
