import Certificates
import Telephony

/// When the next certificate is to be ordered. Pure.
enum RenewalPlan {
    /// The moment from which one is wanted: at once where there is none that fits, else after two thirds of its life.
    static func due(_ chain: CertificateChain?, _ settings: IssuerSettings, issuedFrom: String?) -> Instant {
        guard let chain, !chain.isSelfSigned, issuedFrom == settings.directory.description, settings.names.allSatisfy(chain.serves) else {
            return Instant(seconds: 0)
        }
        return chain.renewal
    }

    /// The same, or later where an order has to wait: after a failure, or while there is a certificate that rests. Nothing waits longer than the
    /// longest pause: where it seems to, the clock was set back.
    static func next(_ due: Instant, after record: IssuerRecord, of subject: String, now: Instant) -> Instant {
        let isWaiting = record.failures > 0 || due > Instant(seconds: 0)
        guard record.subject == subject, isWaiting, record.notBefore - now <= longestPause + .seconds(86_400) else { return due }
        return max(due, record.notBefore)
    }

    /// How long a certificate is left alone that was due as soon as it was had: some clock is wrong, and another one would be no better.
    static func rest(_ chain: CertificateChain, now: Instant) -> Duration {
        min(max(.milliseconds((chain.end - now).wholeMilliseconds / 3), .seconds(3600)), longestPause)
    }

    /// The most that an authority may ask for, too.
    static let longestPause = Duration.seconds(604_800)

    /// How long to leave an authority alone after so many failures in a row: longer each time, never in step with others, and no shorter than
    /// it asks for. Public authorities count failures by the hour.
    static func pause(afterFailures count: Int, isRateLimit: Bool, later: Duration?, fraction: Double) -> Duration {
        let steps: [Int64] = [60, 300, 900, 3600, 4 * 3600, 12 * 3600]
        let seconds = max(steps[min(max(count - 1, 0), steps.count - 1)], isRateLimit ? 3600 : 0)
        return max(.milliseconds(Int64(Double(seconds) * 1000 * (0.75 + fraction / 2))), later ?? .zero)
    }
}
