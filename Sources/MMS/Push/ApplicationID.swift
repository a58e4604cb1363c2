/// X-Wap-Application-Id: the application that a push is for (WAP-235-PushOTA, and the registry of the Open Mobile Naming Authority).
public enum ApplicationID: Hashable, Sendable {
    /// An assigned number.
    case number(UInt64)
    /// In full: `x-wap-application:mms.ua`.
    case text(String)

    public static let mms = ApplicationID.number(4)

    init?(_ value: HeaderValue) {
        if let text = value.text { self = .text(text) } else if let number = value.number { self = .number(number) } else { return nil }
    }

    /// In full where it is known, else the number.
    public var name: String {
        switch self {
        case .text(let text): text
        case .number(let number): number < UInt64(ApplicationID.names.count) ? "x-wap-application:" + ApplicationID.names[Int(number)] : "\(number)"
        }
    }

    var number: UInt64 {
        switch self {
        case .number(let number): number
        case .text(let text): UInt64(ApplicationID.names.firstIndex { "x-wap-application:" + $0 == text } ?? 0)
        }
    }

    private static let names = ["*", "push.sia", "wml.ua", "wta.ua", "mms.ua", "push.syncml", "loc.ua", "syncml.dm", "drm.ua", "emn.ua", "wv.ua"]
}
