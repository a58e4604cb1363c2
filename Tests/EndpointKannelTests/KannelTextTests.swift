import Testing

@testable import EndpointKannel

@Suite struct KannelTextTests {
    /// Octets as Python's `str.encode` gives them.
    @Test(arguments: [
        ([0x47, 0x72, 0xC3, 0xBC], nil, nil, "Grü"), ([0x47, 0x72, 0xFC], nil, nil, "Grü"), ([0x47, 0x72, 0xFC], "ISO-8859-1", nil, "Grü"),
        ([0xA4, 0xBC], "iso-8859-15", nil, "€Œ"), ([0x80], "windows-1252", nil, "€"), ([0xA4], "latin1", nil, "¤"),
        ([0x00, 0x47, 0x20, 0xAC], nil, "2", "G€"), ([0x47, 0x00, 0xAC, 0x20], "UTF-16LE", nil, "G€"),
        ([0xD8, 0x3D, 0xDE, 0x00], "UCS-2", "2", "😀"), ([0xC3, 0xBC], "utf-8", "2", "ü"), ([], nil, nil, ""),
    ] as [([UInt8], String?, String?, String)])
    func `octets are read in the charset that is said`(octets: [UInt8], charset: String?, coding: String?, text: String) {
        #expect(KannelText.decode(octets, charset: charset, coding: coding) == text)
    }

    @Test(arguments: [
        ([0xFF], "utf-8", nil), ([0x80], "us-ascii", nil), ([0x00], nil, "2"), ([0xD8, 0x3D], "utf-16be", nil), ([0x41], "klingon", nil),
    ] as [([UInt8], String?, String?)])
    func `octets that are none of it are refused`(octets: [UInt8], charset: String?, coding: String?) {
        #expect(KannelText.decode(octets, charset: charset, coding: coding) == nil)
    }
}
