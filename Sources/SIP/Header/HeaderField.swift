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
            let whole = whole(field)
            if whole.isSingle {
                values.append(try self.read(whole.value, in: field, at: whole.base, read))
            } else {
                for element in elements(of: field) { values.append(try self.read(element, in: field, at: field.value.lowerBound, read)) }
            }
        }
        return values
    }

    /// The values that can be read; the others are left out.
    func readable<Value>(_ name: HeaderName, _ read: (ArraySlice<UInt8>) throws(DecodeError) -> Value) -> [Value] {
        var values: [Value] = []
        for field in fields where matches(field, name) {
            let whole = whole(field)
            for value in whole.isSingle ? [whole.value] : elements(of: field) {
                if let value = try? read(value) { values.append(value) }
            }
        }
        return values
    }

    func decodeFirst<Value>(_ name: HeaderName, _ read: (ArraySlice<UInt8>) throws(DecodeError) -> Value) throws(DecodeError) -> Value? {
        for index in fields.indices where matches(fields[index], name) {
            let field = fields[index], whole = whole(field)
            if whole.isSingle { return try self.read(whole.value, in: field, at: whole.base, read) }
            if let element = elements(of: field).first { return try self.read(element, in: field, at: field.value.lowerBound, read) }
        }
        return nil
    }

    /// The field's value uncopied where it stands on one line. `isSingle` when it is no list of several; `base` is what its offsets lack to
    /// those of the message.
    private func whole(_ field: Field) -> (value: ArraySlice<UInt8>, isSingle: Bool, base: Int) {
        let isList = field.known?.isList == true
        if field.isFolded { return isList ? ([], false, 0) : (unfolded(field)[...], true, field.value.lowerBound) }
        let value = octets[field.value]
        return (value, !isList || !value.isEmpty && !value.contains(UInt8(ascii: ",")), 0)
    }

    private func read<Value>(
        _ value: ArraySlice<UInt8>, in field: Field, at base: Int, _ read: (ArraySlice<UInt8>) throws(DecodeError) -> Value
    ) throws(DecodeError) -> Value {
        do throws(DecodeError) { return try read(value) } catch { throw error.inside(name(field).description, at: base) }
    }

    /// Puts a value where the first of the field's values is, or at the end; nil removes that one.
    mutating func replaceFirst(_ name: HeaderName, with value: String?) {
        guard let place = fields.firstIndex(where: { matches($0, name) }) else { return value.map { append(name, $0) } ?? () }
        guard whole(fields[place]).isSingle else { return replace(name, with: [value].compactMap(\.self) + values(name).dropFirst()) }
        if let value { fields[place] = write(name, value) } else { fields.remove(at: place) }
    }

    /// Replaces all fields of the name by one a value.
    mutating func replace(_ name: HeaderName, with values: [String]) {
        let place = fields.firstIndex { matches($0, name) } ?? fields.count
        remove(name)
        let written = values.map { write(name, $0) }
        fields.insert(contentsOf: written, at: place)
    }
}
