import HTTPStack

/// A form with files (RFC 7578), as it is sent.
struct MultipartForm: Sendable {
    let boundary: String
    let octets: [UInt8]

    init(_ fields: [RequestTemplate.Field], _ filling: Filling) {
        var parts: [(head: String, octets: [UInt8])] = []
        for field in fields {
            for value in field.values(filling) {
                let name = "Content-Disposition: form-data; name=\"\(Self.quoted(field.name))\""
                if let file = value.file {
                    let type = Place.header.escape(file.mediaType)
                    parts.append(("\(name); filename=\"\(Self.quoted(file.name))\"\r\nContent-Type: \(type)", file.octets))
                } else {
                    parts.append((name, Array(value.text.utf8)))
                }
            }
        }
        boundary = Self.boundary(beside: parts.map(\.octets))
        var body: [UInt8] = []
        for part in parts { body += Array("--\(boundary)\r\n\(part.head)\r\n\r\n".utf8) + part.octets + Array("\r\n".utf8) }
        octets = body + Array("--\(boundary)--\r\n".utf8)
    }

    /// One that no part has in it: the first number that serves.
    private static func boundary(beside parts: [[UInt8]]) -> String {
        var number = 0
        while true {
            let boundary = "homeline-\(number)"
            let octets = Array(boundary.utf8)
            if !parts.contains(where: { $0.contains(octets) }) { return boundary }
            number += 1
        }
    }

    private static func quoted(_ name: String) -> String {
        Place.header.escape(name).replacing("\\", with: "_").replacing("\"", with: "%22")
    }
}
