extension Migration {
    /// What persons keep of their own: shelves, drafts, messages that wait for their time, browsers to be called.
    static let personal = Migration(
        name: "0008-personal",
        sql: """
            CREATE TABLE shelf (
                person TEXT NOT NULL,
                conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                pinned INTEGER NOT NULL DEFAULT 0,
                muted INTEGER NOT NULL DEFAULT 0,
                -- The conversation's last message when it was archived; it is archived while it has no younger one.
                archived INTEGER NOT NULL DEFAULT 0,
                draft TEXT NOT NULL DEFAULT '',
                PRIMARY KEY (person, conversation)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX shelf_conversation ON shelf (conversation);

            CREATE TABLE held (
                id INTEGER PRIMARY KEY,
                ulid TEXT NOT NULL UNIQUE,
                person TEXT NOT NULL,
                line TEXT NOT NULL,
                recipients TEXT NOT NULL,
                due INTEGER NOT NULL,
                held_at INTEGER NOT NULL,
                taken INTEGER NOT NULL DEFAULT 0,
                refusal TEXT
            ) STRICT;
            CREATE INDEX held_due ON held (due) WHERE refusal IS NULL;
            CREATE TABLE held_part (
                held INTEGER NOT NULL REFERENCES held (id) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                content_type TEXT NOT NULL,
                name TEXT,
                octets BLOB NOT NULL,
                PRIMARY KEY (held, position)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE personal_settings (
                person TEXT PRIMARY KEY,
                language TEXT,
                told TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE push_subscription (
                endpoint TEXT PRIMARY KEY,
                key BLOB NOT NULL,
                secret BLOB NOT NULL,
                sign_in TEXT NOT NULL REFERENCES sign_in (hash) ON DELETE CASCADE
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX push_subscription_sign_in ON push_subscription (sign_in);

            CREATE INDEX part_picture ON part (message) WHERE content_type >= 'image/' AND content_type < 'image0';
            """)
}
