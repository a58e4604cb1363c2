import HTTPStack

/// The SOAP twin of the API, as mmsgate calls it: the same methods, and the same statuses in the answers.
struct SOAPService: Sendable {
    let service: VoIPms

    static let path = "/api/v1/server.php"
    static let descriptionPath = "/api/v1/server.wsdl"
    static let schemaPath = "/api/v1/soap-encoding.xsd"

    private static let contentType = "text/xml; charset=utf-8"

    var routes: [Operation] {
        let budget = service.budget
        return [
            Operation(.get, Self.descriptionPath, access: .own, respond: describe), Operation(.get, Self.path, access: .own, respond: describe),
            Operation(.get, Self.schemaPath, access: .own) { _ in .text(ServiceDescription.encodingSchema, contentType: Self.contentType) },
            Operation(.post, Self.path, access: .own, reading: VoIPms.bodyLimit) { request, body in
                await respond(request, try await body.whole(within: budget, from: request.source))
            },
        ]
    }

    private func describe(_ request: Request) -> Response {
        let base = base(request)
        return .text(ServiceDescription.document(address: base + Self.path, schema: base + Self.schemaPath), contentType: Self.contentType)
    }

    /// How we are reached: as the settings say, else as this caller reached us.
    private func base(_ request: Request) -> String {
        guard let url = service.context.publicURL?.description else { return "http://\(request.header("Host") ?? "localhost")" }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    private func respond(_ request: Request, _ octets: [UInt8]) async -> Response {
        guard let call = SOAPRequest(decoding: octets), let method = call.form["method"] else {
            let fault = SOAPAnswer(fault: "A SOAP envelope with a call in it is expected")
            return Response(status: 500, contentType: Self.contentType, body: .octets(Array(fault.document.utf8)))
        }
        let reply = await service.answer(Call(call.form, of: request))
        var response = Response.text(SOAPAnswer(reply, to: method).document, contentType: Self.contentType)
        response.whenLost = reply.whenLost
        return response
    }
}
