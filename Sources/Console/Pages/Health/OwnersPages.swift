import HTTPStack
import Telephony

// What the pages of health and lines have in common.
extension Pages {
    /// A page of the owner's care, with its own style and script.
    func carePage(_ title: String, _ visitor: Visitor, _ content: HTML, status: Int = 200) -> Response {
        let own: HTML = "<link rel=\"stylesheet\" href=\"\(Asset.careStyle.path)\"><script src=\"\(Asset.careScript.path)\" defer></script>"
        return Layout(title: title, visitor: visitor, content: own + content).response(status: status)
    }

    /// `21 Nov 14:05:07`, or the time alone on the day it is.
    func moment(_ instant: Instant, _ times: Times) -> HTML {
        let short = times.short(instant), time = times.exact(instant)
        let text = times.time(instant) == short ? time : "\(short) \(time)"
        return "<time datetime=\"\(CivilDate(instant).rfc3339)\">\(text)</time>"
    }
}

extension Times {
    /// `14:05:07`
    func exact(_ instant: Instant) -> String {
        let second = CivilDate(instant).second
        return "\(time(instant)):\(second < 10 ? "0" : "")\(second)"
    }
}
