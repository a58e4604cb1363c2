import Foundation

/// What simulated gateways read requests with.
enum PeerForm {
    static func query(_ request: PeerRequest) -> [String: String] { PeerRequest.parameters(request.query) }
    static func body(_ request: PeerRequest) -> [String: String] { PeerRequest.parameters(request.text) }

    /// All values of one name, in order.
    static func values(_ name: String, in form: String) -> [String] {
        form.split(separator: "&").map(String.init).filter { $0.hasPrefix("\(name)=") }.compactMap { PeerRequest.parameters($0)[name] }
    }

    static func basic(_ request: PeerRequest) -> String? {
        guard let field = request.headers["authorization"], field.hasPrefix("Basic "), let octets = Foundation.Data(base64Encoded: String(field.dropFirst(6))) else {
            return nil
        }
        return String(decoding: octets, as: UTF8.self)
    }

    static var login: String { "\(SimulatedGateway.user):\(SimulatedGateway.secret)" }

    /// An object of a JSON body, by a path of names and numbers.
    static func json(_ request: PeerRequest, _ path: String) -> String? {
        guard let document = try? JSONSerialization.jsonObject(with: Foundation.Data(request.body)) else { return nil }
        var value: Any? = document
        for step in path.split(separator: ".") {
            if let index = Int(step) {
                let list = value as? [Any]
                value = list.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            } else {
                value = (value as? [String: Any])?[String(step)]
            }
        }
        return (value as? String) ?? (value as? NSNumber)?.stringValue
    }

    /// Fields of a form of several parts: a file's octets as its first 8 in hexadecimal digits.
    static func parts(_ request: PeerRequest) -> [(name: String, value: String)] {
        guard let type = request.headers["content-type"], let mark = type.range(of: "boundary=") else { return [] }
        let boundary = Foundation.Data("--\(type[mark.upperBound...])".utf8)
        var rest = Foundation.Data(request.body)
        var fields: [(name: String, value: String)] = []
        while let start = rest.range(of: boundary) {
            rest = rest[start.upperBound...]
            guard let end = rest.range(of: boundary), let head = rest.range(of: Foundation.Data("\r\n\r\n".utf8)) else { break }
            let lines = String(decoding: rest[rest.startIndex..<head.lowerBound], as: UTF8.self)
            let content = rest[head.upperBound..<(end.lowerBound - 2)]
            guard let name = lines.range(of: "name=\"").map({ String(lines[$0.upperBound...].prefix { $0 != "\"" }) }) else { break }
            let isFile = lines.contains("filename=")
            fields.append((name, isFile ? content.prefix(8).map { String(format: "%02x", $0) }.joined() : String(decoding: content, as: UTF8.self)))
            rest = rest[end.lowerBound...]
        }
        return fields
    }
}

extension [(name: String, value: String)] {
    subscript(_ name: String) -> String? { first { $0.name == name }?.value }
}
