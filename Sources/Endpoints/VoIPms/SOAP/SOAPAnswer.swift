import HTTPStack
import enum SIP.XML

/// What a SOAP caller is answered: the same as everybody, written as PHP writes arrays, which programs made for the service know.
struct SOAPAnswer: Sendable {
    let document: String

    init(_ reply: Reply, to method: String) {
        let name = XML.escape(method)
        document = Self.envelope("<ns1:\(name)Response><return \(Self.typed(reply.json))</return></ns1:\(name)Response>")
    }

    /// A request that is none.
    init(fault sentence: String) {
        document = Self.envelope(
            "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>\(XML.escape(sentence))</faultstring></SOAP-ENV:Fault>")
    }

    private static func envelope(_ body: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="\(ServiceDescription.service)" \
        xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
        xmlns:ns2="http://xml.apache.org/xml-soap" xmlns:SOAP-ENC="\(ServiceDescription.encoding)" \
        SOAP-ENV:encodingStyle="\(ServiceDescription.encoding)"><SOAP-ENV:Body>\(body)</SOAP-ENV:Body></SOAP-ENV:Envelope>

        """
    }

    /// The rest of a start tag with the value's type, and the value.
    private static func typed(_ value: JSON) -> String {
        switch value {
        case .null: "xsi:nil=\"true\">"
        case .bool(let flag): "xsi:type=\"xsd:boolean\">\(flag)"
        case .integer(let number): "xsi:type=\"xsd:\(Int32(exactly: number) == nil ? "long" : "int")\">\(number)"
        case .number(let number): "xsi:type=\"xsd:double\">\(number)"
        case .string(let text): "xsi:type=\"xsd:string\">\(XML.escape(text))"
        case .array(let elements):
            "SOAP-ENC:arrayType=\"xsd:anyType[\(elements.count)]\" xsi:type=\"SOAP-ENC:Array\">"
                + elements.map { "<item \(typed($0))</item>" }.joined()
        case .object(let members):
            "xsi:type=\"ns2:Map\">"
                + members.map { "<item><key xsi:type=\"xsd:string\">\(XML.escape($0.name))</key><value \(typed($0.value))</value></item>" }.joined()
        }
    }
}
