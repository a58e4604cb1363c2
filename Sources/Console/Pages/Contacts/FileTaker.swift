import HTTPStack

/// Takes a file that a form brings, piece by piece.
protocol FileTaker: Actor {
    func take(_ octets: [UInt8]) async throws
    /// Called when the file is whole.
    func finish() async throws -> Response
}

extension Pages {
    /// A form with a file that is taken as it comes (multipart/form-data, RFC 7578) for those who are signed in. Its other fields come before the file, and the token first of all:
    /// nothing is taken from whom it was not given to.
    func taking(
        _ path: String, limit: Int, for check: @escaping @Sendable (Visitor) throws(Problem) -> Void = { _ throws(Problem) in }, _ begin: @escaping @Sendable (Request, Visitor, [String: String]) async throws -> any FileTaker
    ) -> Operation {
        Operation(.post, path, access: .own, reading: limit) { request, body in
            await answering(request) { visitor in
                try check(visitor)
                let taker = try await take(request, body, admitting: { fields in try Self.admit(request, fields, visitor) }) { fields in
                    guard let visitor = try await signIns.again(visitor) else { throw Self.stale }
                    return try await begin(request, visitor, fields)
                }
                // It may have come for hours.
                guard let visitor = try await signIns.again(visitor) else { return Self.toSignIn(request) }
                try check(visitor)
                return try await taker.finish()
            }
        }
    }

    /// The same for a form of a page that anybody may see. What it throws about a file is made an answer by `refused`.
    func openTaking<Refusal: Error>(
        _ path: String, limit: Int, refused: @escaping @Sendable (Request, Refusal) async throws -> Response,
        _ begin: @escaping @Sendable (Request, [String: String]) async throws -> any FileTaker
    ) -> Operation {
        Operation(.post, path, access: .own, reading: limit) { request, body in
            await guarding(request, nil) {
                do {
                    return try await take(request, body, admitting: { fields in try Self.admitStranger(request, fields, over: transport(of: request)) }) { fields in
                        try await begin(request, fields)
                    }.finish()
                } catch let refusal as Refusal {
                    return try await refused(request, refusal)
                }
            }
        }
    }

    private func take(
        _ request: Request, _ body: RequestBody, admitting admit: ([String: String]) throws -> Void, _ begin: ([String: String]) async throws -> any FileTaker
    ) async throws -> any FileTaker {
        guard let type = request.header("Content-Type"), var reader = MultipartReader(contentType: type) else {
            try await Self.admitPlain(body, admit)
            throw Problem(415, "unsupported_media_type", words.noForm)
        }
        var fields: [String: [UInt8]] = [:], name: String?, taker: (any FileTaker)?
        do {
            try await body.read { octets in
                for event in try reader.feed(octets) {
                    switch event {
                    case .part(let head):
                        name = head.name
                        guard head.fileName != nil, taker == nil else { continue }
                        // A letter of several octets may come in pieces: only what is whole is text.
                        let texts = fields.mapValues { String(decoding: $0, as: UTF8.self) }
                        try admit(texts)
                        taker = try await begin(texts)
                        name = nil
                    case .octets(let octets):
                        if let name { try Self.add(octets, to: &fields[name, default: []]) } else { try await taker?.take(Array(octets)) }
                    case .partEnds: break
                    }
                }
            }
        } catch let error as MultipartError {
            throw Problem.badRequest(error.reason)
        }
        guard let taker, reader.isComplete else { throw Problem.badRequest(words.noFile) }
        return taker
    }

    /// A form without a file still has its token, or is nobody's.
    private static func admitPlain(_ body: RequestBody, _ admit: ([String: String]) throws -> Void) async throws {
        var octets: [UInt8] = []
        try await body.read { piece in
            octets += piece
            guard octets.count <= smallForm else { throw Problem(413, "too_large", Scene.current.words.noForm) }
        }
        try admit([FormToken.field: try Form(octets)[FormToken.field] ?? ""])
    }

    private static func add(_ octets: ArraySlice<UInt8>, to value: inout [UInt8]) throws(Problem) {
        value += octets
        guard value.count <= 4096 else { throw .badRequest("A field is too long") }
    }
}
