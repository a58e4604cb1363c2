import Testing

@testable import HTTPStack

@Suite struct OperationTableTests {
    private static let table = OperationTable(
        [(.get, "/a"), (.post, "/a"), (.get, "/a/{id}"), (.delete, "/a/{id}"), (.get, "/a/{id}/b/{name}")].map { method, path in
            Operation(method, path, access: .open) { _ in .text(path) }
        })

    private func describe(_ resolution: OperationTable.Resolution) -> String {
        switch resolution {
        case .found(let operation, let parameters):
            "\(operation.method.rawValue) \(operation.path) \(parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"
        case .methodNotAllowed(let allowed): "only \(allowed.map(\.rawValue))"
        case .notFound: "not found"
        }
    }

    @Test(arguments: [
        ("GET", "/a", "GET /a []"),
        ("POST", "/a", "POST /a []"),
        ("GET", "/a/1", #"GET /a/{id} ["id=1"]"#),
        ("DELETE", "/a/x%20y+z", #"DELETE /a/{id} ["id=x y+z"]"#),
        ("GET", "/a/1/b/%2F..", #"GET /a/{id}/b/{name} ["id=1", "name=/.."]"#),
        ("PUT", "/a", #"only ["GET", "POST"]"#),
        ("TRACE", "/a/1", #"only ["DELETE", "GET"]"#),
        ("GET", "/a/", "not found"),
        ("GET", "/a/1/", "not found"),
        ("GET", "/A", "not found"),
        ("GET", "/a/%ff", "not found"),
        ("GET", "/a/%2", "not found"),
        ("GET", "", "not found"),
        ("GET", "*", "not found"),
        ("GET", "http://x/a", "not found"),
    ])
    func `a method and path find their operation`(method: String, path: String, expected: String) {
        #expect(describe(Self.table.resolve(method, path)) == expected)
    }

    @Test func `query parameters are decoded, and unknown or repeated ones refused by name`() throws {
        let request = Request(.get, "/a?text=a%20b+c%C3%A9&limit=5&empty")
        #expect(try request.queryParameters("text", "limit", "empty") == ["text": "a b cé", "limit": "5", "empty": ""])
        #expect(throws: Problem.badRequest("There is no such query parameter", field: "limit")) { try request.queryParameters("text") }
        #expect(throws: Problem.badRequest("Given twice", field: "a")) { try Request(.get, "/a?a=1&a=2").queryParameters("a") }
        #expect(throws: Problem.self) { try Request(.get, "/a?a=%ZZ").queryParameters("a") }
    }
}
