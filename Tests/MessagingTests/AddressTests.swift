import SMS
import Telephony
import Testing

@testable import Messaging

@Suite struct AddressTests {
    @Test(arguments: [
        ("41791234567", TypeOfAddress.international, Address.number("+41791234567")),
        ("0791234567", .national, .number("+41791234567")), ("0791234567", .unknown, .number("+41791234567")),
        ("0791234567", TypeOfAddress(.subscriber, .telephone), .number("+41791234567")),
        ("8222", TypeOfAddress(.networkSpecific, .telephone), .shortCode("8222")), ("8222", TypeOfAddress(.abbreviated, .unknown), .shortCode("8222")),
        ("8222", .unknown, .shortCode("8222")), ("8222", .international, .shortCode("8222")), ("8222", TypeOfAddress(.reserved, .telephone), .shortCode("8222")),
        ("*100#", .unknown, .shortCode("*100#")), ("", .unknown, .alphanumeric("Unknown")),
    ] as [(String, TypeOfAddress, Telephony.Address)])
    func `digits of a network become the party's address`(digits: String, type: TypeOfAddress, address: Telephony.Address) throws {
        #expect(try plan.interpret(SMS.Address(digits: digits, type: type)) == address)
    }

    @Test(arguments: [("Swisscom", "Swisscom"), (" My  Bank\n", "My Bank"), ("", "Unknown"), ("\r\n", "Unknown"), ("+41790000", "+41790000")])
    func `a sender's name stays a name on one line`(name: String, text: String) throws {
        #expect(try plan.interpret(SMS.Address(name: name)) == .alphanumeric(text))
    }

    @Test(arguments: [
        (Address.number("+41791234567"), Address.number("+41791234567"), true), (.number("+41791234567"), .shortCode("0791234567"), true),
        (.number("+41791234567"), .shortCode("0041791234567"), true), (.number("+447400123456"), .shortCode("07400123456"), true),
        (.number("+41791234567"), .number("+41791234568"), false), (.number("+41791234567"), .shortCode("234567"), false),
        (.shortCode("9292"), .shortCode("9292"), true), (.shortCode("9292"), .number("+41791239292"), false),
        (.alphanumeric("Bank"), .alphanumeric("Bank"), true), (.alphanumeric("0791234567"), .number("+41791234567"), false),
        (.number("+1234567"), .number("+41791234567"), false), (.number("+447400123456"), .shortCode("7400123456"), true),
        (.shortCode("000000000"), .number("+41791234567"), false),
    ] as [(Telephony.Address, Telephony.Address, Bool)])
    func `forms of one number are one party`(one: Telephony.Address, other: Telephony.Address, isSame: Bool) throws {
        #expect(try plan.isSameParty(one, other) == isSame)
        #expect(try plan.isSameParty(other, one) == isSame)
    }

    private var plan: NumberPlan { get throws { try #require(switzerland) } }
}
