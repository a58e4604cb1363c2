extension Migration {
    /// What the owner looks after: failures that were not dropped, how strong signals were, what was alerted to.
    static let care = Migration(
        name: "0009-care",
        sql: """
            ALTER TABLE delivery ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1));
            CREATE INDEX delivery_failed ON delivery (id) WHERE state = 'failed' AND content = 'message' AND dropped = 0;

            CREATE TABLE signal (
                line TEXT NOT NULL,
                at INTEGER NOT NULL,
                strength INTEGER NOT NULL,
                PRIMARY KEY (line, at)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE alert (
                topic TEXT PRIMARY KEY,
                sentence TEXT NOT NULL,
                told_at INTEGER NOT NULL,
                cleared_at INTEGER
            ) STRICT, WITHOUT ROWID;
            """)
}
