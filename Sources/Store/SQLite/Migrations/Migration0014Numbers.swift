extension Migration {
    /// Whoever follows what happens knows entries by their numbers, and whoever has a page open a conversation: none is given twice.
    static let numbers = Migration(
        name: "0014-numbers",
        sql: """
            -- The highest number that an entry had when one was forgotten, and that of the conversations that were.
            ALTER TABLE forgotten ADD COLUMN entry INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE forgotten ADD COLUMN conversation INTEGER NOT NULL DEFAULT 0;
            """)
}
