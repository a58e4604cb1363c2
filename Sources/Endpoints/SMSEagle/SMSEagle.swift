import Exchange
import HTTPStack
import Kinds
import Telephony

/// `send_sms` as the device's first API has it, and as JSON-RPC.
struct SMSEagle: Sendable {
    let access: EagleAccess
    let sender: LineSender

    private static let bodyLimit = 64 * 1024
    private static let recipientLimit = 50

    /// Each also under `/index.php`, as the older devices have it.
    var operations: [Operation] {
        ["", "/index.php"].flatMap { prefix in
            [
                Operation(.get, "\(prefix)/http_api/send_sms", access: .own) { request in await answer(try? Form(query: request.query), request.source) },
                Operation(.post, "\(prefix)/http_api/send_sms", access: .own, reading: Self.bodyLimit) { request, body in
                    await answer(try? await request.form(body), request.source)
                },
                Operation(.post, "\(prefix)/jsonrpc/sms", access: .own, reading: Self.bodyLimit) { request, body in
                    await answer(call: try await body.whole(), request.source)
                },
            ]
        }
    }

    private func answer(_ form: Form?, _ source: Source) async -> Response {
        guard let form else { return EagleForm.text.refused(.wrongParameters) }
        return await answer(EagleWish(form), source)
    }

    /// A method that there is not answers as a caller of JSON-RPC expects.
    private func answer(call octets: [UInt8], _ source: Source) async -> Response {
        guard let call = try? JSON(decoding: octets) else { return Self.fault(-32700, "Parse error", .null) }
        guard let wish = EagleWish(call: call) else { return Self.fault(-32601, "Method not found", call["id"] ?? .null) }
        return await answer(wish, source)
    }

    private static func fault(_ code: Int64, _ text: String, _ id: JSON) -> Response {
        .json(200, ["error": ["code": .integer(code), "message": .string(text)], "id": id])
    }

    private func answer(_ wish: EagleWish, _ source: Source) async -> Response {
        do throws(EagleRefusal) {
            try access.admit(wish, from: source)
            guard !wish.to.isEmpty, wish.to.count <= Self.recipientLimit, let message = wish.message, !message.isEmpty else { throw .wrongParameters }
            return wish.form.accepted(try await send(message, wish.to).eagleNumber)
        } catch {
            return wish.form.refused(error)
        }
    }

    private func send(_ message: String, _ to: [String]) async throws(EagleRefusal) -> MessageID {
        do throws(SubmissionError) {
            return try await sender.send(message, to: to)
        } catch {
            throw EagleRefusal(error)
        }
    }
}
