import enum SIP.XML

/// The description of the SOAP service (WSDL 1.1), with the names that the real one has.
enum ServiceDescription {
    static let service = "urn:VoIPmsService"
    static let encoding = "http://schemas.xmlsoap.org/soap/encoding/"

    /// - Parameters:
    ///   - address: where calls are posted to.
    ///   - schema: where the schema of SOAP's own types lies.
    static func document(address: String, schema: String) -> String {
        let methods = CallMethod.allCases
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions name="VoIPmsService" targetNamespace="https://voip.ms/api/wsdl" xmlns="http://schemas.xmlsoap.org/wsdl/" \
            xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="https://voip.ms/api/wsdl" \
            xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsd1="https://voip.ms/api/schema" xmlns:soapenc="\(encoding)">
            <types>
            <xsd:schema targetNamespace="https://voip.ms/api/schema">
            <xsd:import namespace="\(encoding)" schemaLocation="\(XML.escape(schema))"/>
            \(methods.map(type).joined(separator: "\n"))
            </xsd:schema>
            </types>
            <message name="arrayResponse"><part name="return" type="soapenc:Array"/></message>
            \(methods.map(message).joined(separator: "\n"))
            <portType name="VoIPms">
            \(methods.map(operation).joined(separator: "\n"))
            </portType>
            <binding name="VoIPms_Binding" type="tns:VoIPms">
            <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
            \(methods.map(binding).joined(separator: "\n"))
            </binding>
            <service name="VoIPms_Service">
            <port name="VoIPms_Port" binding="tns:VoIPms_Binding"><soap:address location="\(XML.escape(address))"/></port>
            </service>
            </definitions>

            """
    }

    /// The one type of SOAP's encoding that is used (SOAP 1.1 §5.4.2), so that clients fetch nobody else's. Its attribute is left open: zeep would
    /// look for it elsewhere.
    static let encodingSchema = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="\(encoding)">
        <xs:complexType name="Array">
        <xs:sequence><xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence>
        <xs:anyAttribute processContents="lax"/>
        </xs:complexType>
        </xs:schema>

        """

    private static func type(_ method: CallMethod) -> String {
        let elements = (["api_username", "api_password"] + method.parameters).map { "<xsd:element name=\"\($0)\" type=\"xsd:string\" minOccurs=\"0\"/>" }
        return "<xsd:complexType name=\"\(method.rawValue)Input\"><xsd:sequence>\(elements.joined())</xsd:sequence></xsd:complexType>"
    }

    private static func message(_ method: CallMethod) -> String {
        "<message name=\"\(method.rawValue)Request\"><part name=\"params\" type=\"xsd1:\(method.rawValue)Input\"/></message>"
    }

    private static func operation(_ method: CallMethod) -> String {
        let name = method.rawValue
        return "<operation name=\"\(name)\"><input message=\"tns:\(name)Request\"/><output message=\"tns:arrayResponse\"/></operation>"
    }

    private static func binding(_ method: CallMethod) -> String {
        let body = "<soap:body encodingStyle=\"\(encoding)\" namespace=\"\(service)\" use=\"encoded\"/>"
        return "<operation name=\"\(method.rawValue)\"><soap:operation soapAction=\"\(service)\"/><input>\(body)</input><output>\(body)</output></operation>"
    }
}

extension CallMethod {
    /// Beside name and password.
    fileprivate var parameters: [String] {
        switch self {
        case .sendSMS: ["did", "dst", "message"]
        case .sendMMS: ["did", "dst", "message", "media1", "media2", "media3"]
        case .getSMS: ["sms", "from", "to", "type", "did", "contact", "limit", "timezone", "all_messages"]
        case .getMMS: ["mms", "from", "to", "type", "did", "contact", "limit", "timezone", "all_messages"]
        case .getMediaMMS: ["id", "media_as_array"]
        case .deleteSMS, .deleteMMS: ["id"]
        case .getDIDsInfo: ["client", "did"]
        case .setSMS:
            [
                "did", "enable", "email_enabled", "email_address", "sms_forward_enable", "sms_forward", "url_callback_enable", "url_callback",
                "url_callback_retry",
            ]
        case .getSubAccounts: ["account"]
        case .getServersInfo: ["server_pop"]
        case .getBalance: ["advanced"]
        case .getIP: []
        case .getPhonebook: ["phonebook", "name"]
        case .addPhonebook: ["speed_dial", "name", "number", "callerid", "note"]
        case .setPhonebook: ["phonebook", "speed_dial", "name", "number", "callerid", "note"]
        case .delPhonebook: ["phonebook"]
        }
    }
}
