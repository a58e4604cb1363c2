import HTTPStack
import Telephony

extension RequestTemplate {
    /// Octets of an address: a text of 1,600 characters in a query is longer than the addresses that come from strangers may be.
    static let addressLimit = 64 * 1024

    /// The request, with every value escaped for where it stands. Throws `refused` where the address is none.
    func filled(_ filling: Filling) throws(Failure) -> OutgoingRequest {
        guard let base = address.filled(filling, escaping: .url) else { throw Failure(.refused, "the template's address needs what is not known") }
        let text = query.isEmpty ? base : base + (base.contains("?") ? "&" : "?") + Self.urlencoded(query, filling)
        guard let url = WebURL(text, longest: Self.addressLimit) else { throw Failure(.refused, "the template's address is none") }
        var request = OutgoingRequest(method, url)
        for field in headers {
            guard let value = field.value.filled(filling, escaping: .header) else { continue }
            request.headers.append((field.name, value))
        }
        authorize(&request, filling.site)
        write(body, of: filling, to: &request)
        return request
    }

    private func authorize(_ request: inout OutgoingRequest, _ site: GatewaySite) {
        switch authorization {
        case .none: return
        case .basic: request.headers.append(("Authorization", "Basic " + base64("\(site.user ?? ""):\(site.secret ?? "")".utf8)))
        case .bearer: request.headers.append(("Authorization", "Bearer " + Place.header.escape(site.secret ?? "")))
        }
    }

    private func write(_ body: Body, of filling: Filling, to request: inout OutgoingRequest) {
        switch body {
        case .none: return
        case .form(let fields):
            request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
            request.body = Array(Self.urlencoded(fields, filling).utf8)
        case .json(let document):
            request.headers.append(("Content-Type", "application/json"))
            request.body = document.filled(filling)?.encoded ?? []
        case .xml(let pattern):
            request.headers.append(("Content-Type", "application/xml; charset=utf-8"))
            request.body = Array((pattern.filled(filling, escaping: .xml) ?? "").utf8)
        case .text(let pattern):
            request.headers.append(("Content-Type", "text/plain; charset=utf-8"))
            request.body = Array((pattern.filled(filling, escaping: .enclosed) ?? "").utf8)
        case .multipart(let fields):
            let form = MultipartForm(fields, filling)
            request.headers.append(("Content-Type", "multipart/form-data; boundary=\(form.boundary)"))
            request.body = form.octets
        }
    }

    /// Names and values percent-encoded whole, what the template says as well as what it was filled with.
    private static func urlencoded(_ fields: [Field], _ filling: Filling) -> String {
        fields.flatMap { field in
            field.values(filling).map { "\(PercentEncoding.encode(field.name))=\(PercentEncoding.encode($0.text))" }
        }.joined(separator: "&")
    }
}

extension RequestTemplate.Field {
    /// Its value, or that for each file; with the file whose octets are meant.
    func values(_ filling: Filling) -> [(text: String, file: OutgoingFile?)] {
        let isFile = value.placeholders.contains { if case .media(.file, _) = $0 { true } else { false } }
        if value.placeholders.contains(where: \.isOfEachFile) {
            return filling.files.compactMap { file in value.filled(filling, file: file, escaping: .enclosed).map { ($0, isFile ? file : nil) } }
        }
        return value.filled(filling, escaping: .enclosed).map { [($0, nil)] } ?? []
    }
}
