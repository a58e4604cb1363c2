extension Migration {
    /// Programs read messages by time and by number, and put some out of their sight.
    static let readers = Migration(
        name: "0005-readers",
        sql: """
            -- Messages that a reader is no longer shown.
            CREATE TABLE hidden (
                message INTEGER NOT NULL REFERENCES message (id),
                reader TEXT NOT NULL,
                PRIMARY KEY (message, reader)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX message_recorded ON message (line, recorded_at);

            -- The highest number that a forgotten message had: programs know messages by their numbers, so none is given twice.
            CREATE TABLE forgotten (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                number INTEGER NOT NULL
            ) STRICT;
            INSERT INTO forgotten VALUES (1, 0);
            """)
}
