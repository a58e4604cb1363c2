import HTTPStack
import Telephony

/// Asks the server whether it is there, and when it heard of the phone.
struct HTTPSMSLook: Sendable {
    /// The app tells the server every quarter of an hour that it runs.
    static let silence: Duration = .seconds(3600)

    let api: HTTPSMSAPI
    let clock: any WallClock

    func look() async -> PhoneSight {
        let host = api.settings.url.host
        do {
            let answer = try await api.lastHeartbeat()
            switch answer.status {
            case 200: return sight(answer.document["data"]?.elements?.first, host)
            case 401, 403: return .troubled("The server at \(host) refuses the key of api-key-file.")
            default: return .troubled("The server at \(host) answers \(answer.status).")
            }
        } catch {
            return .away("The server at \(host) does not answer. \(error.sentence)")
        }
    }

    private func sight(_ heartbeat: JSON?, _ host: String) -> PhoneSight {
        guard let heard = heartbeat?["timestamp"]?.instant else {
            return .troubled("The server at \(host) has never heard of the phone: is the app logged in, and is phone its number?")
        }
        let silence = clock.now() - heard
        guard silence > Self.silence else { return .present("The server at \(host) answers, and has heard of the phone.") }
        return .troubled("The server at \(host) has not heard of the phone for \(silence.components.seconds / 60) minutes. What is to be sent waits there.")
    }
}
