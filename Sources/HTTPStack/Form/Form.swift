/// The fields that a client sent: in the query, in a urlencoded body (WHATWG URL §5.1), or in a multipart one (RFC 7578).
///
/// It is read as the web's servers read forms: a broken escape stands for itself, and text that is not UTF-8 is mended.
public struct Form: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let octets: [UInt8]
        /// As its sender wrote it: never to be used as a path. Only fields of multipart bodies have one.
        public let fileName: String?
        /// As written, where the field says one.
        public let contentType: String?

        public init(name: String, octets: [UInt8], fileName: String? = nil, contentType: String? = nil) {
            self.name = name
            self.octets = octets
            self.fileName = fileName
            self.contentType = contentType
        }

        public var text: String { String(decoding: octets, as: UTF8.self) }
    }

    /// More fields than any client sends.
    public static let fieldLimit = 128
    /// Octets of a name. Names are compared, which takes minutes for a long one of some characters.
    public static let nameLimit = 256

    /// In the order they came.
    public let fields: [Field]

    public init(_ fields: [Field] = []) { self.fields = fields }

    /// A query, without its question mark. Throws where it has too many fields.
    public init(query: String) throws(FormError) {
        fields = try FormDecoding.fields(urlencoded: Array(query.utf8))
    }

    /// A whole body. One that does not say what it is is taken for urlencoded; an empty one has no fields.
    public init(body: [UInt8], contentType: String?) throws(FormError) {
        let type = contentType ?? ""
        let name = type.prefix { $0 != ";" }.trimmingSpace.lowercased()
        switch name {
        case _ where body.isEmpty: fields = []
        case "", "application/x-www-form-urlencoded", "text/plain": fields = try FormDecoding.fields(urlencoded: body)
        case _ where name.hasPrefix("multipart/"): fields = try FormDecoding.fields(multipart: body, contentType: type)
        default: throw .notAForm(name)
        }
    }

    /// The last field of the name, as text.
    public subscript(name: String) -> String? { field(name)?.text }

    /// The last field of the name: where one comes twice, the later was meant.
    public func field(_ name: String) -> Field? { fields.last { $0.name == name } }

    /// Both; where a name is in both, the other's counts.
    public func merging(_ other: Form) -> Form {
        guard !other.fields.isEmpty else { return self }
        return fields.isEmpty ? other : Form(fields + other.fields)
    }
}

/// Why octets are not the form we take.
public enum FormError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooManyFields
    case nameTooLong
    /// A body of another kind; its media type.
    case notAForm(String)
    case malformed(String)

    public var description: String {
        switch self {
        case .tooManyFields: "The form has more than \(Form.fieldLimit) fields"
        case .nameTooLong: "The name of a field has more than \(Form.nameLimit) octets"
        case .notAForm(let type): "A form is expected, not \(type)"
        case .malformed(let reason): reason
        }
    }
}
