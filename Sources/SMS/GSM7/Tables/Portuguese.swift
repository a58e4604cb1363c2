/// Portuguese, language 3 (3GPP TS 23.038 §A.3.3, §A.2.3).
extension CharacterTable {
    static let portugueseLocking = CharacterTable(rows: [
        "@£$¥êéúíóç\nÔô\rÁá",
        "Δ_ªÇÀ∞^\\€Ó|\0ÂâÊÉ",
        " !\"#º%&'()*+,-./",
        "0123456789:;<=>?",
        "ÍABCDEFGHIJKLMNO",
        "PQRSTUVWXYZÃÕÚÜ§",
        "~abcdefghijklmno",
        "pqrstuvwxyzãõ`üà",
    ])

    static let portugueseSingle = CharacterTable(cells: [
        0x05: "ê", 0x09: "ç", 0x0A: "\u{0C}", 0x0B: "Ô", 0x0C: "ô", 0x0E: "Á", 0x0F: "á", 0x12: "Φ",
        0x13: "Γ", 0x14: "^", 0x15: "Ω", 0x16: "Π", 0x17: "Ψ", 0x18: "Σ", 0x19: "Θ", 0x1F: "Ê",
        0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x41: "À",
        0x49: "Í", 0x4F: "Ó", 0x55: "Ú", 0x5B: "Ã", 0x5C: "Õ", 0x61: "Â", 0x65: "€", 0x69: "í",
        0x6F: "ó", 0x75: "ú", 0x7B: "ã", 0x7C: "õ", 0x7F: "â",
    ])
}
