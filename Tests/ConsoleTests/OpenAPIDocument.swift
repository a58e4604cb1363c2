import Foundation
import HTTPStack
import Testing
import Yams

/// `Docs/openapi.yaml`, with as much of JSON Schema as it uses.
struct OpenAPIDocument {
    /// A `$ref` that leads nowhere.
    struct Missing: Error { let reference: String }

    private let root: Node

    init() throws {
        let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        root = try #require(try Yams.compose(yaml: try String(contentsOfFile: "/\(path)/Docs/openapi.yaml", encoding: .utf8)))
    }

    /// `GET /health`, … in the document's order.
    var operations: [String] {
        get throws {
            let methods = Set(HTTPStack.Method.allCases.map(\.rawValue))
            return try #require(root["paths"]?.mapping).flatMap { path, item in
                (item.mapping ?? [:]).compactMap { key, _ in
                    guard let method = key.string?.uppercased(), methods.contains(method) else { return nil }
                    return "\(method) \(path.string ?? "")"
                }
            }
        }
    }

    /// What is wrong with a real answer to the operation; empty when it is as documented.
    func faults(of response: Response, to method: HTTPStack.Method, _ path: String) throws -> [String] {
        let responses = root["paths"]?[path]?[method.rawValue.lowercased()]?["responses"]
        guard let documented = responses?[Node("\(response.status)", Tag(.str))] else { return ["\(response.status) is not documented"] }
        let content = try resolve(documented)["content"]
        let type = String(response.contentType.prefix { $0 != ";" })
        guard let schema = (content?[type] ?? content?["*/*"])?["schema"] else { return ["\(type) is not documented"] }
        guard type == "application/json" else { return [] }
        return try faults(of: try response.json, schema, at: "$")
    }

    func faults(of value: JSON, schemaNamed name: String) throws -> [String] {
        try faults(of: value, try #require(root["components"]?["schemas"]?[name]), at: "$")
    }

    private func resolve(_ node: Node) throws -> Node {
        guard let reference = node["$ref"]?.string else { return node }
        var found = root
        for name in reference.split(separator: "/").dropFirst() {
            guard let next = found[String(name)] else { throw Missing(reference: reference) }
            found = next
        }
        return try resolve(found)
    }

    private func faults(of value: JSON, _ schema: Node, at place: String) throws -> [String] {
        let schema = try resolve(schema)
        switch (schema["type"]?.string, value) {
        case ("object", .object(let members)): return try faults(ofMembers: members, schema, at: place)
        case ("array", .array(let elements)):
            guard let items = schema["items"] else { return ["\(place) has no documented items"] }
            return try elements.enumerated().flatMap { try faults(of: $1, items, at: "\(place)[\($0)]") }
        case ("string", .string(let text)): return try faults(ofText: text, schema, at: place)
        case ("integer", .integer), ("boolean", .bool): return []
        case (let type, _): return ["\(place) is not \(type ?? "documented")"]
        }
    }

    private func faults(ofMembers members: [JSON.Member], _ schema: Node, at place: String) throws -> [String] {
        let names = Set(members.map(\.name))
        var faults = (schema["required"]?.sequence ?? []).compactMap(\.string).filter { !names.contains($0) }.map {
            "\(place).\($0) is missing"
        }
        for member in members {
            let inner = "\(place).\(member.name)"
            if let property = schema["properties"]?[member.name] {
                faults += try self.faults(of: member.value, property, at: inner)
            } else if let other = schema["additionalProperties"], other.bool == nil {
                faults += try self.faults(of: member.value, other, at: inner)
            } else {
                faults.append("\(inner) is not documented")
            }
        }
        return faults
    }

    private func faults(ofText text: String, _ schema: Node, at place: String) throws -> [String] {
        if let words = schema["enum"]?.sequence, !words.contains(where: { $0.string == text }) {
            return ["\(place): \(text) is not documented"]
        }
        if let pattern = schema["pattern"]?.string, try Regex(pattern).firstMatch(in: text) == nil {
            return ["\(place): \(text) has another form"]
        }
        if schema["format"]?.string == "date-time", text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) == nil {
            return ["\(place): \(text)"]
        }
        return []
    }
}
