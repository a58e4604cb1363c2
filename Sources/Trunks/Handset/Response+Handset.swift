import HTTPStack

extension Response {
    /// For who did not show the right secret.
    static func refusal(_ problem: Problem) -> Response {
        .error(problem.status, problem.status == 401 ? "Unauthorized" : problem.message, retryAfter: problem.retryAfter)
    }

    /// `{"error":"…"}`, as phones expect it.
    static func error(_ status: Int, _ words: String, retryAfter: Int? = nil) -> Response {
        var response = Response.json(status, ["error": .string(words)])
        if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
        return response
    }
}
