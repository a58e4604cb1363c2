extension Migration {
    /// What is known of devices that are away, passwords of single apps, and links that set apps up.
    static let devices = Migration(
        name: "0011-devices",
        sql: """
            CREATE TABLE app_password (
                id TEXT PRIMARY KEY,
                person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
                label TEXT NOT NULL,
                realm TEXT NOT NULL,
                ha1_md5 TEXT NOT NULL,
                ha1_sha256 TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                checksum INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX app_password_person ON app_password (person);

            -- Named by the SHA-256 of what the link holds.
            CREATE TABLE provisioning_link (
                hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
                password TEXT NOT NULL REFERENCES app_password (id) ON DELETE CASCADE,
                expires_at INTEGER NOT NULL,
                taken_at INTEGER,
                taken_by TEXT,
                CHECK ((taken_at IS NULL) = (taken_by IS NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX provisioning_link_password ON provisioning_link (password);

            ALTER TABLE device ADD COLUMN user_agent TEXT;
            ALTER TABLE device ADD COLUMN contact TEXT;
            ALTER TABLE device ADD COLUMN flow TEXT;
            ALTER TABLE device ADD COLUMN seen_at INTEGER;
            ALTER TABLE device ADD COLUMN password TEXT REFERENCES app_password (id) ON DELETE SET NULL;
            CREATE INDEX device_password ON device (password) WHERE password IS NOT NULL;
            UPDATE device SET (user_agent, contact, flow, seen_at) =
                (SELECT user_agent, contact, flow, registered_at FROM binding WHERE binding.device = device.id);

            -- The directory tells whoever holds persons in memory that a password, or a device, is no more.
            CREATE TRIGGER app_password_added AFTER INSERT ON app_password BEGIN UPDATE directory SET version = version + 1; END;
            CREATE TRIGGER app_password_removed AFTER DELETE ON app_password BEGIN UPDATE directory SET version = version + 1; END;
            CREATE TRIGGER device_forgotten AFTER DELETE ON device BEGIN UPDATE directory SET version = version + 1; END;
            """)
}
