extension Migration {
    /// Codes and passkeys, what is known of browsers, and who did what.
    static let keys = Migration(
        name: "0007-keys",
        sql: """
            ALTER TABLE sign_in ADD COLUMN series TEXT NOT NULL DEFAULT '';
            ALTER TABLE sign_in ADD COLUMN renewed_at INTEGER NOT NULL DEFAULT 0;
            -- NULL while no other secret took this one's place.
            ALTER TABLE sign_in ADD COLUMN ends_at INTEGER;
            ALTER TABLE sign_in ADD COLUMN confirmed_at INTEGER;
            ALTER TABLE sign_in ADD COLUMN browser TEXT NOT NULL DEFAULT '';
            ALTER TABLE sign_in ADD COLUMN place TEXT NOT NULL DEFAULT '';
            UPDATE sign_in SET series = hash, renewed_at = started_at;
            CREATE INDEX sign_in_series ON sign_in (series);

            CREATE TABLE code_secret (
                person TEXT PRIMARY KEY REFERENCES account (person) ON DELETE CASCADE,
                sealed BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                -- NULL until a code proved it.
                confirmed_at INTEGER,
                last_step INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE recovery_code (
                person TEXT NOT NULL REFERENCES account (person) ON DELETE CASCADE,
                hash TEXT NOT NULL CHECK (length(hash) = 64),
                PRIMARY KEY (person, hash)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE passkey (
                id BLOB PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 1023),
                person TEXT NOT NULL REFERENCES account (person) ON DELETE CASCADE,
                handle BLOB NOT NULL,
                key BLOB NOT NULL,
                site TEXT NOT NULL,
                name TEXT NOT NULL,
                count INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                used_at INTEGER,
                -- Of all that decides who is let in.
                checksum INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX passkey_person ON passkey (person, created_at);

            CREATE TABLE token_use (
                name TEXT PRIMARY KEY REFERENCES token (name) ON DELETE CASCADE,
                used_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE audit (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                act TEXT NOT NULL,
                person TEXT,
                place TEXT NOT NULL,
                about TEXT NOT NULL
            ) STRICT;
            """)
}
