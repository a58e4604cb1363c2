/// What stands between the files of an archive.
public enum TarWriting {
    /// To be written before a file's octets.
    public static func head(of entry: TarEntry) -> [UInt8] { TarHeader.encode(entry) }

    /// To be written behind them.
    public static func tail(of entry: TarEntry) -> [UInt8] { [UInt8](repeating: 0, count: entry.filling) }

    /// The archive's end.
    public static let end = [UInt8](repeating: 0, count: 2 * TarHeader.block)

    /// Octets that a file of this size takes.
    public static func room(for size: Int) -> Int { TarHeader.block + (size + TarHeader.block - 1) / TarHeader.block * TarHeader.block }
}
