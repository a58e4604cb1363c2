import HTTPStack
import Telephony

/// Asks the phone's app how it is.
struct FossifyHealth: Sendable {
    let settings: FossifySettings
    let client: any WebClient

    func look() async -> PhoneSight {
        guard let url = settings.url.below("/health") else { return .troubled("The phone's URL is too long.") }
        let request = OutgoingRequest(.get, url, headers: [("Authorization", "Bearer \(settings.token)")], timeout: .seconds(10))
        do {
            return sight(of: try await client.send(request))
        } catch {
            return .away("The phone at \(settings.url.host) does not answer: is it charged, online, and its app open? \(error.sentence)")
        }
    }

    private func sight(of answer: OutgoingAnswer) -> PhoneSight {
        switch answer.status {
        case 200:
            let version = answer.document["version"]?.text.map { ["version": String($0.harmlessLine.prefix(40))] }
            return .present("The phone at \(settings.url.host) answers.", facts: version ?? [:])
        case 401, 403: return .troubled("The phone at \(settings.url.host) refuses the token of token-file.")
        case 404: return .troubled("What answers at \(settings.url.host) is not the app that is wanted, or another build of it.")
        default: return .troubled("The phone at \(settings.url.host) answers \(answer.status).")
        }
    }
}
