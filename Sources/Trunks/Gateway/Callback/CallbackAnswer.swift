/// What a gateway wants to hear when it has told us something.
struct CallbackAnswer: Hashable, Sendable {
    var status = 200
    var contentType = "text/plain; charset=utf-8"
    var body = ""
}
