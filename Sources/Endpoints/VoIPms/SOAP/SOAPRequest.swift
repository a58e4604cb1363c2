import HTTPStack
import enum SIP.XML

/// A call in a SOAP envelope (SOAP 1.1 §7, and 1.2): the method is the body's first element, its parameters stand in it, or in one element
/// `params` in it, each under its name or as the pairs that PHP makes of an array.
struct SOAPRequest: Sendable {
    let form: Form

    /// No document type and no entities but the five; bounded in every way.
    private static let limits: XML.Limits = {
        var limits = XML.Limits()
        limits.octets = VoIPms.bodyLimit
        limits.elements = 500
        return limits
    }()

    /// Nil for what is no such envelope.
    init?(decoding octets: [UInt8]) {
        guard let root = try? XML.decode(octets, limits: Self.limits), root.name == "Envelope", let call = root.child("Body")?.children.first else {
            return nil
        }
        let parameters = call.child("params") ?? call
        var fields = [Form.Field(name: "method", octets: Array(call.name.utf8))]
        for element in parameters.children {
            if element.name == "item", let key = element.child("key"), let value = element.child("value") {
                // Before it is compared, which takes hours for a long one of some characters.
                guard key.text.utf8.count <= Form.nameLimit else { return nil }
                fields.append(Form.Field(name: key.text, octets: Array(value.text.utf8)))
            } else if element.attributes["nil"] == nil, element.children.isEmpty {
                fields.append(Form.Field(name: element.name, octets: Array(element.text.utf8)))
            }
        }
        // The method is the element's name, whatever a parameter says.
        form = Form(fields.filter { $0.name != "method" } + fields.prefix(1))
    }
}
