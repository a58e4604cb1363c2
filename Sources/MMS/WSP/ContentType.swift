/// A media type with its parameters (WAP-230-WSP §8.4.2.24).
public struct ContentType: Hashable, Sendable {
    /// What the type is called: in full, or by a number that is not assigned.
    enum Media: Hashable, Sendable {
        case named(String)
        case number(UInt64)
    }

    let media: Media
    public var parameters: [Parameter]

    /// A media type, which may have parameters behind it as in MIME: `text/plain; charset=utf-8`.
    public init(_ text: String, parameters: [Parameter] = []) {
        let pieces = text.split(separator: ";", omittingEmptySubsequences: false)
        let name = ASCII.lowercased(ASCII.trimmed(pieces.first ?? ""))
        media = .named(name.isEmpty || name.utf8.count > Limits.name ? "application/octet-stream" : name)
        self.parameters = Array((pieces.dropFirst().lazy.compactMap(Parameter.init(mime:)) + parameters).prefix(Limits.parameters))
    }

    init(media: Media, parameters: [Parameter]) {
        self.media = media
        self.parameters = parameters
    }

    /// Octets of which nothing is known.
    public static let octetStream = ContentType("application/octet-stream")

    /// Type and subtype in lower case. A number that is not assigned is `application/octet-stream`.
    public var mediaType: String {
        if case .named(let name) = media { name } else { "application/octet-stream" }
    }

    /// The text of the first parameter of this name; nil where there is none or where it is a number.
    public subscript(name: String) -> String? {
        if case .text(let text) = value(of: name) { text } else { nil }
    }

    /// What the parameter `charset` says; nil where it says nothing known. In the registry of WSP 0 stands for any.
    public var charset: Charset? {
        switch value(of: "charset") {
        case .number(let number): number == 0 ? nil : Charset(rawValue: Int(clamping: number))
        case .text(let name): Charset(name: name)
        case .none?, nil: nil
        }
    }

    /// A text of any kind, `text/plain` or not.
    public var isText: Bool { mediaType.hasPrefix("text/") }
    /// Of WSP or of MIME; in MMS both are in WSP's form.
    public var isMultipart: Bool { mediaType.hasPrefix("application/vnd.wap.multipart.") || mediaType.hasPrefix("multipart/") }

    func value(of name: String) -> Parameter.Value? {
        parameters.first { $0.name == .text(name) }?.value
    }
}

extension Parameter {
    /// `name=value` or `name="value"`.
    fileprivate init?(mime text: Substring) {
        guard text.utf8.count <= Limits.name, let equal = text.firstIndex(of: "=") else { return nil }
        let name = ASCII.trimmed(text[..<equal])
        guard Parameter.isName(name) else { return nil }
        var value = ASCII.trimmed(text[text.index(after: equal)...])[...]
        if value.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") { value = value.dropFirst().dropLast() }
        self.init(name, .text(String(value)))
    }
}

extension ContentType: CustomStringConvertible {
    public var description: String {
        ([mediaType] + parameters.map(\.description)).joined(separator: "; ")
    }
}

extension Parameter: CustomStringConvertible {
    public var description: String {
        let name = switch name {
        case .text(let name): name
        case .code(let code): "parameter \(code)"
        }
        return switch value {
        case .none: name
        case .text(let text): "\(name)=\"\(text)\""
        case .number(let number) where name == "charset": "\(name)=\(Charset(rawValue: Int(clamping: number)).name)"
        case .number(let number) where name == "type": "\(name)=\(MediaTypes.name(of: number) ?? "\(number)")"
        case .number(let number): "\(name)=\(number)"
        }
    }
}
