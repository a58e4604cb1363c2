import Wire

/// A field whose value has parts: the type, its decoding and its encoding are one file.
public protocol HeaderField: Hashable, Sendable, CustomStringConvertible {
    static var name: HeaderName { get }
    /// Reads one value, unfolded and, in a list, split from its neighbours. `description` is the value's wire form.
    init(decoding value: ArraySlice<UInt8>) throws(DecodeError)
}

extension HeaderField {
    public init(decoding text: String) throws(DecodeError) {
        try self.init(decoding: Array(text.utf8)[...])
    }
}

extension Headers {
    /// Every value of the field. Throws where one is malformed.
    public func decode<Field: HeaderField>(_ type: Field.Type) throws(DecodeError) -> [Field] {
        try decode(Field.name, Field.init(decoding:))
    }

    /// The first value of the field; nil when it is absent. Throws when it is malformed.
    public func decodeFirst<Field: HeaderField>(_ type: Field.Type) throws(DecodeError) -> Field? {
        try decodeFirst(Field.name, Field.init(decoding:))
    }

    func decode<Value>(_ name: HeaderName, _ read: (ArraySlice<UInt8>) throws(DecodeError) -> Value) throws(DecodeError) -> [Value] {
        var values: [Value] = []
        for field in fields where matches(field, name) {
            for element in pieces(of: field) {
                do throws(DecodeError) { values.append(try read(element)) } catch { throw error.inside(name.description, at: place(of: field)) }
            }
        }
        return values
    }

    func decodeFirst<Value>(_ name: HeaderName, _ read: (ArraySlice<UInt8>) throws(DecodeError) -> Value) throws(DecodeError) -> Value? {
        guard let field = fields.first(where: { matches($0, name) }), let element = pieces(of: field).first else { return nil }
        do throws(DecodeError) { return try read(element) } catch { throw error.inside(name.description, at: place(of: field)) }
    }

    private func pieces(of field: Field) -> [ArraySlice<UInt8>] {
        if field.known?.isList == true { return elements(of: field) }
        return [field.isFolded ? unfolded(field)[...] : octets[field.value]]
    }

    /// Offsets of a slice of the message are places in the message already; those of a copy count from the value.
    private func place(of field: Field) -> Int {
        field.isFolded || field.known?.isList == true ? field.value.lowerBound : 0
    }

    /// Replaces all fields of the name by one a value.
    mutating func replace(_ name: HeaderName, with values: [String]) {
        let place = fields.firstIndex { matches($0, name) } ?? fields.count
        remove(name)
        let written = values.map { write(name, $0) }
        fields.insert(contentsOf: written, at: place)
    }
}
