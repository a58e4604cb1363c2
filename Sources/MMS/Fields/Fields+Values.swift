extension Fields {
    mutating func text(_ field: Field) -> String? { take(field, \.text) }
    mutating func encodedText(_ field: Field) -> String? { take(field, \.encodedText) }
    mutating func token<Value>(_ field: Field, _ make: (UInt8) -> Value) -> Value? { take(field) { $0.token.map(make) } }
    mutating func addresses(_ field: Field) -> [Address] { takeAll(field) { $0.encodedText.map { Address($0) } } }
    mutating func messageClass() -> MessageClass? { take(.messageClass) { MessageClass($0) } }

    /// 80 yes, 81 no.
    mutating func flag(_ field: Field) -> Bool? {
        take(field) { $0.token == 0x80 ? true : $0.token == 0x81 ? false : nil }
    }

    /// Seconds since 1970, a size, a count.
    mutating func number(_ field: Field) -> Int64? {
        take(field) { $0.number.flatMap { Int64(exactly: $0) } }
    }

    /// An absent version is the first one.
    mutating func version() -> Version { token(.version, Version.init) ?? .v1_0 }

    mutating func address(_ field: Field) -> Address? { take(field) { $0.encodedText.map { Address($0) } } }

    /// The sender's address; a request to put it in stays where it is.
    mutating func sender() -> Address? {
        take(.from) { if case .address(let address) = Sender(decoding: $0) { address } else { nil } }
    }

    /// Nil where the carrier is to put the address in.
    mutating func insertedSender() -> Address? {
        let sender = take(.from) { Sender(decoding: $0) }
        if case .address(let address) = sender { return address }
        return nil
    }

    mutating func expiry(_ field: Field) -> Expiry? { take(field) { Expiry(decoding: $0) } }
}
