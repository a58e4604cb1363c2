extension Migration {
    /// Receipts are found by what is in them.
    static let repeats = Migration(name: "0002-repeats", sql: "CREATE INDEX receipt_content ON receipt (checksum);")
}
