extension Part {
    /// The content as text in its charset; without one as UTF-8 where it is that, as windows-1252 otherwise. A mark of order at the
    /// beginning and NULs at the end are left out.
    public var text: String {
        let content = contentType.charset?.text(of: octets) ?? Charset.guess(octets)
        let scalars = content.unicodeScalars
        let start = scalars.first == "\u{FEFF}" ? scalars.dropFirst() : scalars[...]
        let end = start.lastIndex { $0 != "\0" }.map { start.index(after: $0) } ?? start.startIndex
        return String(String.UnicodeScalarView(start[..<end]))
    }

    /// What the sender calls the part, for a file's name: the end of Content-Location, else a name or filename parameter, else Content-ID.
    /// It holds no separator of paths and is neither `.` nor `..`; what else a name must not hold is for whoever uses it to see to.
    public var suggestedName: String? {
        let names = [contentLocation, contentType["name"], contentType["filename"], disposition?["filename"], contentID]
        return names.lazy.compactMap { $0.flatMap(Part.lastComponent) }.first
    }

    /// Content-Disposition with its parameters, read as a content type is.
    private var disposition: ContentType? {
        others.lazy.compactMap { header in
            guard header.name == .wsp(.contentDisposition) || header.name == .wsp(.contentDisposition1_4) else { return nil }
            return ContentType(disposition: header.value)
        }.first
    }

    private static func lastComponent(_ name: String) -> String? {
        let end = name.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map { String(String.UnicodeScalarView($0)) } ?? ""
        let trimmed = ASCII.trimmed(end)
        return trimmed.isEmpty || trimmed == "." || trimmed == ".." ? nil : trimmed
    }
}
