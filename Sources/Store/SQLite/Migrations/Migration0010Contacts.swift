extension Migration {
    /// Address books, and whose messages are not brought.
    static let contacts = Migration(
        name: "0010-contacts",
        sql: """
            -- sort is the name by which contacts are ordered and found.
            CREATE TABLE contact (
                id INTEGER PRIMARY KEY,
                owner TEXT NOT NULL,
                uid TEXT NOT NULL,
                name TEXT NOT NULL,
                sort TEXT NOT NULL,
                addresses TEXT NOT NULL,
                card TEXT NOT NULL,
                changed_at INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                UNIQUE (owner, uid)
            ) STRICT;
            CREATE INDEX contact_sort ON contact (owner, sort, uid);

            CREATE TABLE contact_address (
                contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
                owner TEXT NOT NULL,
                address TEXT NOT NULL,
                PRIMARY KEY (owner, address, contact)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX contact_address_contact ON contact_address (contact);

            CREATE TABLE block (
                sender TEXT NOT NULL,
                scope TEXT NOT NULL CHECK (scope IN ('line', 'person')),
                owner TEXT NOT NULL,
                since INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (sender, scope, owner)
            ) STRICT, WITHOUT ROWID;
            """)
}
