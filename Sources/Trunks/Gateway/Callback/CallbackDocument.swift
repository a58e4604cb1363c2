import HTTPStack

/// What a request says, wherever it stands, as one document: a JSON body, or the parameters of query and form.
struct CallbackDocument: Sendable {
    let json: JSON
    /// Where it is no JSON; texts in character sets of their own are in its octets.
    private(set) var form = Form()

    /// Octets of a body.
    static let limit = 1024 * 1024

    init(_ request: Request) throws(Unintelligible) {
        if !request.body.isEmpty, Self.isJSON(request) {
            do {
                json = try JSON(ofGateway: request.body)
            } catch {
                throw Unintelligible(reason: error.description)
            }
            return
        }
        do {
            form = try Form(query: request.query).merging(Self.body(of: request))
        } catch {
            throw Unintelligible(reason: error.description)
        }
        // Where a name comes twice, the later was meant.
        var names: Set<String> = []
        json = .object(form.fields.reversed().filter { names.insert($0.name).inserted }.reversed().map { ($0.name, .string(Self.text($0.octets))) })
    }

    init(_ json: JSON) { self.json = json }

    /// The fields of the body alone.
    static func body(of request: Request) throws(FormError) -> Form {
        try Form(body: request.body, contentType: request.header("Content-Type"))
    }

    /// What is no UTF-8 is taken for Latin-1.
    static func text(_ octets: [UInt8]) -> String {
        String(validating: octets, as: UTF8.self) ?? String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
    }

    private static func isJSON(_ request: Request) -> Bool {
        let type = request.header("Content-Type")?.lowercased() ?? ""
        return type.hasPrefix("application/json") || request.body.first == UInt8(ascii: "{")
    }
}
