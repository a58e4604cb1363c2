import HTTPStack

@testable import Console

extension Browser {
    /// Sends a form with files, its fields in this order.
    func upload(_ target: String, _ fields: [(String, String)], files: [UploadedFile], headers: [String: String] = [:]) async -> Response {
        var octets: [UInt8] = []
        for (name, value) in fields { octets += Array("--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8) }
        for file in files {
            octets += Array("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)\r\n\r\n".utf8)
            octets += file.octets + Array("\r\n".utf8)
        }
        octets += Array("--b--\r\n".utf8)
        var headers = headers
        headers["Content-Type"] = "multipart/form-data; boundary=b"
        return await ask(.post, target, headers, octets)
    }
}

struct UploadedFile {
    let name: String
    let type: String
    let octets: [UInt8]
}
