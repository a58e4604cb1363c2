import Exchange
import HTTPStack

/// `GET /live?after=`: tells an open page that a conversation has something new; the page then asks for it as any other.
struct LiveEvents {
    let pages: Pages

    var operation: Operation {
        Operation(.get, "/live", access: .own) { request in
            let transport = pages.transport(of: request)
            guard pages.exposure.admits(request.source, over: transport), let visitor = try await pages.signIns.visitor(request, over: transport) else {
                // A browser does not ask again after this (WHATWG HTML §9.2.3).
                return .empty(204)
            }
            // The page says what it knows, so that nothing falls between its making and this.
            let after = try request.header("Last-Event-ID") ?? request.queryParameters("after")["after"]
            let page = try await pages.desk.feed.openPage(for: visitor, after: after.flatMap { Int64($0) })
            return Response(status: 200, contentType: "text/event-stream", body: .stream { await page.next() })
        }
    }
}
