extension Migration {
    /// Who signs in to the Console, and how far each person has read.
    static let console = Migration(
        name: "0006-console",
        sql: """
            CREATE TABLE account (
                person TEXT PRIMARY KEY,
                role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
                password TEXT NOT NULL,
                time_zone TEXT,
                created_at INTEGER NOT NULL,
                checksum INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            -- Named by the SHA-256 of what the browser's cookie holds.
            CREATE TABLE sign_in (
                hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
                person TEXT NOT NULL REFERENCES account (person) ON DELETE CASCADE,
                started_at INTEGER NOT NULL,
                seen_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX sign_in_person ON sign_in (person);

            CREATE TABLE invitation (
                hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
                person TEXT,
                role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
                expires_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            -- The youngest message that a person has read of a conversation, in whatever app.
            CREATE TABLE read_mark (
                person TEXT NOT NULL,
                conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                message INTEGER NOT NULL,
                PRIMARY KEY (person, conversation)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX read_mark_conversation ON read_mark (conversation);

            -- Words of messages by the messages' numbers, made when somebody searches: it can be thrown away and made anew.
            CREATE VIRTUAL TABLE word USING fts5 (words, content='', tokenize='unicode61 remove_diacritics 2');
            CREATE TABLE word_index (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                through INTEGER NOT NULL
            ) STRICT;
            INSERT INTO word_index VALUES (1, 0);

            CREATE INDEX message_conversation ON message (conversation, id);
            CREATE INDEX message_incoming ON message (conversation, id) WHERE direction = 'incoming';
            """)
}
