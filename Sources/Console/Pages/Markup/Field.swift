/// One line of a form, with what is wrong about it beside it.
struct Field {
    enum Kind: String { case text, password, tel, search, number }

    let name: String
    let label: String
    var kind = Kind.text
    var value = ""
    /// What a browser may fill in by itself (WHATWG HTML §4.10.18.7).
    var autocomplete = "off"
    /// The id of a list of proposals.
    var list: String?
    var mistake: String?
    var isFirst = false

    var html: HTML {
        let described: HTML = mistake == nil ? .nothing : " aria-invalid=\"true\" aria-describedby=\"\(name)-mistake\""
        let proposals: HTML = list.map { " list=\"\($0)\"" as HTML } ?? .nothing
        return """
            <label>\(label)<input type="\(kind.rawValue)" name="\(name)" value="\(kind == .password ? "" : value)" autocomplete="\(autocomplete)" maxlength="1000"\(proposals)\(" autofocus", if: isFirst)\(described)></label>\(Self.note(mistake, of: name))
            """
    }

    static func note(_ mistake: String?, of name: String) -> HTML {
        guard let mistake else { return .nothing }
        return "<p class=\"mistake\" id=\"\(name)-mistake\" role=\"alert\">\(mistake)</p>"
    }
}
