extension Charset {
    /// IANA's name, or the number where none is known here.
    public var name: String {
        Charset.names.first { $0.number == rawValue }?.name ?? "\(rawValue)"
    }

    /// By a name in any case. Nil for one that is not known here.
    public init?(name: String) {
        let name = name.lowercased()
        let wanted = Charset.aliases[name] ?? name
        guard let number = Charset.names.first(where: { $0.name == wanted })?.number ?? Int(name) else { return nil }
        self.init(rawValue: number)
    }

    private static let names: [(number: Int, name: String)] = [
        (3, "us-ascii"), (4, "iso-8859-1"), (5, "iso-8859-2"), (6, "iso-8859-3"), (7, "iso-8859-4"), (8, "iso-8859-5"), (9, "iso-8859-6"),
        (10, "iso-8859-7"), (11, "iso-8859-8"), (12, "iso-8859-9"), (13, "iso-8859-10"), (17, "shift_jis"), (18, "euc-jp"), (36, "ks_c_5601-1987"),
        (38, "euc-kr"), (39, "iso-2022-jp"), (106, "utf-8"), (109, "iso-8859-13"), (110, "iso-8859-14"), (111, "iso-8859-15"), (112, "iso-8859-16"),
        (113, "gbk"), (114, "gb18030"), (1000, "iso-10646-ucs-2"), (1013, "utf-16be"), (1014, "utf-16le"), (1015, "utf-16"), (2025, "gb2312"),
        (2026, "big5"), (2084, "koi8-r"), (2250, "windows-1250"), (2251, "windows-1251"), (2252, "windows-1252"), (2253, "windows-1253"),
        (2254, "windows-1254"), (2255, "windows-1255"), (2256, "windows-1256"), (2257, "windows-1257"), (2258, "windows-1258"), (2259, "tis-620"),
    ]

    private static let aliases = [
        "ascii": "us-ascii", "utf8": "utf-8", "latin1": "iso-8859-1", "iso8859-1": "iso-8859-1", "ucs-2": "iso-10646-ucs-2", "ucs2": "iso-10646-ucs-2",
        "utf16": "utf-16", "cp1252": "windows-1252", "sjis": "shift_jis",
    ]
}
