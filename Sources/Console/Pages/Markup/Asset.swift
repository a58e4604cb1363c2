import HTTPStack

/// A file of the pages that is the same for everybody.
enum Asset: CaseIterable {
    case style, script, writing, notices, passkeys, icon, largeIcon, smallIcon, peopleStyle, arrivalScript, careStyle, careScript
    /// Of the first run.
    case setupStyle, setupScript

    /// With a mark of what is in it, so that browsers keep it until it changes.
    var path: String { "/assets/\(mark)/\(name)" }

    private var name: String {
        switch self {
        case .style: "console.css"
        case .script: "console.js"
        case .writing: "writing.js"
        case .notices: "notices.js"
        case .icon: "icon.svg"
        case .passkeys: "passkeys.js"
        case .careStyle: "care.css"
        case .careScript: "care.js"
        case .peopleStyle: "people.css"
        case .arrivalScript: "arrival.js"
        case .largeIcon: "icon-512.png"
        case .smallIcon: "icon-192.png"
        case .setupStyle: "setup.css"
        case .setupScript: "setup.js"
        }
    }

    private var contentType: String {
        switch self {
        case .style, .peopleStyle, .careStyle, .setupStyle: "text/css; charset=utf-8"
        case .script, .writing, .notices, .passkeys, .arrivalScript, .careScript, .setupScript: "text/javascript; charset=utf-8"
        case .icon: "image/svg+xml"
        case .largeIcon, .smallIcon: "image/png"
        }
    }

    private var octets: [UInt8] {
        switch self {
        case .style: PackageResources.console_css
        case .script: PackageResources.console_js
        case .writing: PackageResources.writing_js
        case .notices: PackageResources.notices_js
        case .icon: PackageResources.icon_svg
        case .passkeys: PackageResources.passkeys_js
        case .careStyle: PackageResources.care_css
        case .careScript: PackageResources.care_js
        case .peopleStyle: PackageResources.people_css
        case .arrivalScript: PackageResources.arrival_js
        case .largeIcon: PackageResources.icon_512_png
        case .smallIcon: PackageResources.icon_192_png
        case .setupStyle: PackageResources.setup_css
        case .setupScript: PackageResources.setup_js
        }
    }

    private var mark: String { Self.marks[self] ?? "0" }

    private static let marks: [Asset: String] = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, String(TokenSecret.hash(String(decoding: $0.octets, as: UTF8.self)).prefix(12))) })

    static let operation = Operation(.get, "/assets/{mark}/{name}", access: .own) { request in
        guard let asset = allCases.first(where: { $0.name == request.parameter("name") }) else {
            throw Problem.notFound("There is nothing at this path")
        }
        var response = Response(status: 200, contentType: asset.contentType, body: .octets(asset.octets))
        response.headers = [("Cache-Control", "public, max-age=31536000, immutable"), ("Cross-Origin-Resource-Policy", "same-origin")]
        return response
    }
}
