import SIP
import SIPStack
import Telephony

extension Softphone {
    /// Who a web request is from: by the same accounts, challenges and guard as on the SIP side (RFC 7616). A password that is guessed at here
    /// is no better off than there.
    func login(_ claim: FileServer.Credentials) async -> FileServer.Login {
        let now = context.mint.now()
        let address = IPAddress(claim.source)
        var verdict = verdict(on: claim, now: now)
        if case .wrong = verdict, await directory.hasNews(now: now) { verdict = self.verdict(on: claim, now: now) }
        switch verdict {
        case .person(let person, _):
            // Who is shut out learns nothing here either, not even that the password was right.
            if let address, await agent.isBlocked(address) { return challenges(stale: false, claim, now) }
            if let address { await agent.recordSuccess(by: address) }
            return .person(person.id)
        case .challenge(let stale):
            return challenges(stale: stale, claim, now)
        case .wrong(let account):
            if let address { await agent.recordFailedLogin(at: account, by: address) }
            return challenges(stale: false, claim, now)
        }
    }

    private func verdict(on claim: FileServer.Credentials, now: Instant) -> Authenticator.Verdict {
        guard let method = Method(claim.method), let text = claim.authorization, let credentials = try? Digest.Credentials(decoding: text) else {
            return .challenge(stale: false)
        }
        return authenticator.verdict(on: [credentials], method: method, source: claim.source, now: now) { $0.uri == claim.target }
    }

    private func challenges(stale: Bool, _ claim: FileServer.Credentials, _ now: Instant) -> FileServer.Login {
        .challenges(authenticator.challenges(stale: stale, source: claim.source, userAgent: nil, now: now).map(\.description))
    }
}
