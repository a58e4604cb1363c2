import Exchange
import HTTPStack
import Telephony

/// `{"format": "homeline-messages", "version": 1, …, "messages": […]}`, a message a line. Each is as the API has it, with the content of its parts in
/// the place of their addresses.
struct JSONForm: ExportForm {
    let now: Instant

    func head(count: Int) -> [UInt8] {
        let head: JSON = ["format": "homeline-messages", "version": 1, "exportedAt": JSON(now), "count": .integer(Int64(count))]
        return head.encoded.dropLast() + Array(",\"messages\":[\n".utf8)
    }

    var end: [UInt8] { Array("\n]}\n".utf8) }

    func pieces(of record: MessageRecord, isFirst: Bool) -> [MessageExport.Piece] {
        let members = JSON.members(of: record).filter { $0.name != "parts" }
        var pieces: [MessageExport.Piece] = [.octets(Array((isFirst ? "" : ",\n").utf8) + JSON.object(members).encoded.dropLast() + Array(",\"parts\":[".utf8))]
        for (index, part) in record.message.parts.enumerated() {
            pieces += self.pieces(of: part, before: index == 0 ? "" : ",")
        }
        return pieces + [.octets(Array("]}".utf8))]
    }

    private func pieces(of part: Part, before separator: String) -> [MessageExport.Piece] {
        var members: [JSON.Member] = [("contentType", .string(part.contentType)), ("size", .integer(Int64(part.size)))]
        if let name = part.name { members.append(("name", .string(name))) }
        let head = Array(separator.utf8) + JSON.object(members).encoded.dropLast()
        if let text = part.text { return [.octets(Array(separator.utf8) + JSON.object(members + [("text", .string(text))]).encoded)] }
        switch part.content {
        case .inline(let octets): return [.octets(head + Array(",\"data\":\"".utf8) + Base64Text.encode(octets) + Array("\"}".utf8))]
        case .stored(let media):
            return [.file(media, before: head + Array(",\"data\":\"".utf8), behind: Array("\"}".utf8), absent: head + Array(",\"missing\":true}".utf8))]
        }
    }
}
