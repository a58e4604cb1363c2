import Wire

/// Parameters of a header value, found first and read only when they are asked for.
extension Lexer {
    /// Where one parameter stands.
    struct ParameterPlace {
        let name: Range<Int>
        /// Between the quotation marks where it has any.
        var value: Range<Int>?
        var isQuoted = false
    }

    /// `*( ";" name [ "=" value ] )` up to the end or a comma.
    mutating func parameters(_ field: String) throws(DecodeError) -> Parameters {
        let start = position
        while try nextParameter(field) != nil {}
        return position == start ? [] : Parameters(sound: self[start..<position])
    }

    /// Nil where no semicolon is next.
    mutating func nextParameter(_ field: String) throws(DecodeError) -> ParameterPlace? {
        guard skip(";") else { return nil }
        var place = ParameterPlace(name: try range(field, Grammar.isToken))
        guard skip("=") else { return place }
        place.isQuoted = peek == UInt8(ascii: "\"")
        place.value = place.isQuoted ? try quoted(field) : try range(field, Parameter.isPlain)
        return place
    }

    func parameter(_ place: ParameterPlace) -> Parameter {
        guard let value = place.value else { return Parameter(text(place.name)) }
        return place.isQuoted ? Parameter(text(place.name), quoting: Lexer.unescaped(self[value])) : Parameter(text(place.name), text(value))
    }
}
