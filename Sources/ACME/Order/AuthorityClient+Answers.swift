import Glibc
import HTTPStack

/// What an authority's answers mean.
extension AuthorityClient {
    static func document<Value>(_ body: [UInt8], _ read: (JSON) throws(Misshapen) -> Value) throws(Refusal) -> Value {
        guard let json = try? JSON(decoding: body) else { throw Refusal(reason: .misshapen("JSON")) }
        do throws(Misshapen) {
            return try read(json)
        } catch {
            throw Refusal(reason: .misshapen(error.what))
        }
    }

    static func refusal(_ answer: OutgoingAnswer) -> Refusal {
        let json = (try? JSON(decoding: answer.body)) ?? .null
        let problem = json["type"] == nil ? ProblemDocument(type: "http", detail: "it answered with status \(answer.status)") : ProblemDocument(json)
        return Refusal(reason: .problem(problem), later: later(answer))
    }

    /// Retry-After in seconds or as a date (RFC 9110 §10.2.3), no more than a week.
    static func later(_ answer: OutgoingAnswer, now: Int = time(nil)) -> Duration? {
        guard let text = answer.header("retry-after") else { return nil }
        if let seconds = Int(text) { return seconds >= 0 && .seconds(seconds) <= RenewalPlan.longestPause ? .seconds(seconds) : nil }
        return seconds(ofDate: text).map { min(.seconds(max($0 - now, 0)), RenewalPlan.longestPause) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7) since 1970.
    private static func seconds(ofDate text: String) -> Int? {
        let words = text.split(separator: " "), months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, words[5] == "GMT", let day = Int32(words[1]), let month = months.firstIndex(of: String(words[2])), let year = Int32(words[3]) else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int32($0) }
        guard clock.count == 3, (1970...9999).contains(year), (1...31).contains(day), clock.allSatisfy({ (0...60).contains($0) }) else { return nil }
        var date = tm()
        (date.tm_year, date.tm_mon, date.tm_mday) = (year - 1900, Int32(month), day)
        (date.tm_hour, date.tm_min, date.tm_sec) = (clock[0], clock[1], clock[2])
        return timegm(&date)
    }
}
