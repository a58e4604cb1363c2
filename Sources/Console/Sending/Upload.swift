import HTTPStack
import Telephony

/// A form with files (multipart/form-data, RFC 7578), read as it comes: the fields first, and who sends them is known before the first file.
struct Upload: Sendable {
    /// Octets of all that is read: the files, a text, and what is between them.
    static let limit = NewParts.octetLimit + Pages.textForm
    private static let fileName = 200

    private static var tooMuch: Problem { Problem(413, "too_large", Scene.current.words.tooMuch) }

    private(set) var form = Form()
    private(set) var files: [NewParts.Draft] = []

    /// - Parameter admit: asked before the first file is read, and at the end.
    init(_ request: Request, _ body: RequestBody, admit: (Form) throws -> Void) async throws {
        guard let type = request.header("Content-Type"), var reader = MultipartReader(contentType: type) else {
            throw Problem.badRequest("A form with files is expected")
        }
        // Nobody is made to send four gigabytes to hear that they are too many.
        if let length = request.header("Content-Length").flatMap({ Int($0) }), length > Self.limit { throw Self.tooMuch }
        var piece = Piece()
        var room = NewParts.octetLimit
        do {
            try await body.read { octets in
                for event in try reader.feed(octets) {
                    switch event {
                    case .part(let head):
                        piece = Piece(head: head)
                        if head.fileName != nil { try admit(form) }
                    case .octets(let more):
                        if piece.isFile { room -= more.count }
                        piece.octets += more
                        guard room >= 0, piece.isFile || piece.octets.count <= Pages.textForm else { throw Self.tooMuch }
                    case .partEnds:
                        try take(piece)
                    }
                }
            }
        } catch let error as MultipartError {
            throw Problem.badRequest(error.reason)
        }
        guard reader.isComplete else { throw Problem.badRequest("The form was cut short") }
        try admit(form)
    }

    private struct Piece {
        var head: MultipartHead?
        var octets: [UInt8] = []

        var isFile: Bool { head?.fileName != nil }
    }

    private mutating func take(_ piece: Piece) throws(Problem) {
        guard let name = piece.head?.name else { return }
        guard piece.isFile else {
            guard let text = String(validating: piece.octets, as: UTF8.self) else { throw .badRequest("This is no form in UTF-8") }
            return form.add(name, text)
        }
        // A picker that was left empty sends a file of no octets.
        guard !piece.octets.isEmpty else { return }
        guard files.count < NewParts.limit else { throw .unprocessable("At most \(NewParts.limit) files", field: "file") }
        files.append(NewParts.Draft(contentType: Self.type(piece.head?.contentType), name: Self.plain(piece.head?.fileName), octets: piece.octets))
    }

    /// What a browser says of a file; nothing else is made of it than what it is taken for here.
    private static func type(_ text: String?) -> String {
        guard let text = text?.lowercased().prefix(while: { $0 != ";" }).trimmingPrefix(while: { $0 == " " }), NewParts.isType(String(text)) else {
            return "application/octet-stream"
        }
        // A text file is a file: only what was written into the page is text.
        return text.hasPrefix("text/plain") ? "application/octet-stream" : String(text)
    }

    /// The name without a path and what no name has.
    static func plain(_ name: String?) -> String? {
        let last = (name ?? "").split { $0 == "/" || $0 == "\\" }.last ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
            guard String(scalars).utf8.count + 4 <= fileName else { break }
            scalars.append(scalar)
        }
        return scalars.isEmpty ? nil : String(scalars)
    }
}
