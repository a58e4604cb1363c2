import HTTPStack

/// What makes an application of the pages: a manifest, a worker, and what is shown without a connection.
///
/// The worker keeps the style, the script, the icon and one page that says that there is no connection. It keeps no page with messages: what
/// lies in a browser's store stays there after signing out, for whoever has the machine next.
struct Installing {
    let pages: Pages

    static let workerPath = "/worker.js"
    static let offlinePath = "/offline"

    static func manifestPath(_ language: Language) -> String { "/manifest/\(language.rawValue)" }

    var operations: [Operation] {
        [
            pages.open("/manifest/{language}") { request in
                let language = Language(rawValue: request.parameter("language")) ?? .english
                return Response(status: 200, contentType: "application/manifest+json", body: .octets(manifest(language).encoded))
            },
            pages.open(Self.workerPath) { _ in
                // It says what it keeps, so another release is another worker.
                let kept = [Self.offlinePath, Asset.style.path, Asset.script.path, Asset.icon.path].map { "\"\($0)\"" }.joined(separator: ",")
                let head = "const kept = [\(kept)];\n"
                return Response(status: 200, contentType: "text/javascript; charset=utf-8", body: .octets(Array(head.utf8) + PackageResources.worker_js))
            },
            pages.open(Self.offlinePath) { _ in
                let words = pages.words
                let content: HTML = "<div class=\"card\"><h1>\(words.offline)</h1><p>\(words.offlineText)</p><p><a class=\"button\" href=\"/\">\(words.tryAgain)</a></p></div>"
                return Layout(title: words.offline, visitor: nil, content: content).response()
            },
        ]
    }

    private func manifest(_ language: Language) -> JSON {
        let words = Words(language: language)
        func icon(_ asset: Asset, _ sizes: String, _ type: String) -> JSON {
            ["src": .string(asset.path), "sizes": .string(sizes), "type": .string(type), "purpose": "any"]
        }
        return [
            "name": "Homeline", "short_name": "Homeline", "lang": .string(language.rawValue), "id": "/", "start_url": "/", "scope": "/", "display": "standalone",
            "background_color": "#f4f5f7", "theme_color": "#0b5cad",
            "icons": [icon(.icon, "any", "image/svg+xml"), icon(.smallIcon, "192x192", "image/png"), icon(.largeIcon, "512x512", "image/png")],
            "shortcuts": [["name": .string(words.new), "url": "/new"]],
        ]
    }
}
