/// Header fields of WSP by their assigned numbers (WAP-230-WSP, appendix A): those of parts and pushes.
public enum WSPField: UInt8, CaseIterable, Hashable, Sendable {
    case contentBase = 0x0A
    case contentEncoding = 0x0B
    case contentLanguage = 0x0C
    case contentLength = 0x0D
    case contentLocation = 0x0E
    case contentMD5 = 0x0F
    case contentType = 0x11
    case date = 0x12
    case etag = 0x13
    case expires = 0x14
    case from = 0x15
    case lastModified = 0x1D
    case server = 0x26
    case contentDisposition = 0x2E
    case applicationID = 0x2F
    case contentURI = 0x30
    case initiatorURI = 0x31
    case pushFlag = 0x34
    case contentID = 0x40
    case encodingVersion = 0x43
    case contentDisposition1_4 = 0x45

    /// As HTTP and WAP write it.
    public var name: String {
        switch self {
        case .contentBase: "Content-Base"
        case .contentEncoding: "Content-Encoding"
        case .contentLanguage: "Content-Language"
        case .contentLength: "Content-Length"
        case .contentLocation: "Content-Location"
        case .contentMD5: "Content-MD5"
        case .contentType: "Content-Type"
        case .date: "Date"
        case .etag: "ETag"
        case .expires: "Expires"
        case .from: "From"
        case .lastModified: "Last-Modified"
        case .server: "Server"
        case .contentDisposition, .contentDisposition1_4: "Content-Disposition"
        case .applicationID: "X-Wap-Application-Id"
        case .contentURI: "X-Wap-Content-URI"
        case .initiatorURI: "X-Wap-Initiator-URI"
        case .pushFlag: "Push-Flag"
        case .contentID: "Content-ID"
        case .encodingVersion: "Encoding-Version"
        }
    }
}

extension HeaderName {
    /// A header field of WSP.
    public static func wsp(_ field: WSPField) -> HeaderName { .code(field.rawValue) }
}
