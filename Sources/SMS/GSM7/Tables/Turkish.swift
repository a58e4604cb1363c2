/// Turkish, language 1 (3GPP TS 23.038 §A.3.1, §A.2.1).
extension CharacterTable {
    static let turkishLocking = CharacterTable(rows: [
        "@£$¥€éùıòÇ\nĞğ\rÅå",
        "Δ_ΦΓΛΩΠΨΣΘΞ\0ŞşßÉ",
        " !\"#¤%&'()*+,-./",
        "0123456789:;<=>?",
        "İABCDEFGHIJKLMNO",
        "PQRSTUVWXYZÄÖÑÜ§",
        "çabcdefghijklmno",
        "pqrstuvwxyzäöñüà",
    ])

    static let turkishSingle = CharacterTable(cells: [
        0x0A: "\u{0C}", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]",
        0x40: "|", 0x47: "Ğ", 0x49: "İ", 0x53: "Ş", 0x63: "ç", 0x65: "€", 0x67: "ğ", 0x69: "ı",
        0x73: "ş",
    ])
}
