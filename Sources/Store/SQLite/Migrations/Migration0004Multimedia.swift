extension Migration {
    /// Picture messages: parts beside the ledger, what carriers hold for us, messages gathered from pieces, news that something was read.
    static let multimedia = Migration(
        name: "0004-multimedia",
        sql: """
            ALTER TABLE message ADD COLUMN subject TEXT;
            -- The carrier's name for it, where its sender wants to be told when it is read.
            ALTER TABLE message ADD COLUMN read_report TEXT;
            -- Further names that its app has for it, as a list.
            ALTER TABLE message ADD COLUMN joined TEXT;

            -- With media the octets are empty and lie beside the ledger.
            ALTER TABLE part ADD COLUMN media TEXT CHECK (media IS NULL OR length(media) = 64);
            ALTER TABLE part ADD COLUMN size INTEGER CHECK ((size IS NULL) = (media IS NULL));
            CREATE INDEX part_media ON part (media) WHERE media IS NOT NULL;

            -- A message that further pieces may join until it is claimed, at the latest until it closes.
            CREATE TABLE gathering (
                message INTEGER PRIMARY KEY REFERENCES message (id),
                endpoint TEXT NOT NULL,
                person TEXT NOT NULL,
                closes INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX gathering_writer ON gathering (endpoint, person);

            -- The keys and names of pieces.
            CREATE TABLE piece (
                endpoint TEXT NOT NULL,
                key TEXT NOT NULL,
                reference TEXT NOT NULL,
                message INTEGER NOT NULL REFERENCES message (id),
                PRIMARY KEY (endpoint, key)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX piece_reference ON piece (endpoint, reference);
            CREATE INDEX piece_message ON piece (message);

            -- A message that the carrier holds for us. receipt is the first of its notice's.
            CREATE TABLE retrieval (
                id INTEGER PRIMARY KEY,
                ulid TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
                line TEXT NOT NULL,
                txn TEXT NOT NULL,
                location TEXT NOT NULL,
                sender TEXT,
                subject TEXT,
                size INTEGER NOT NULL,
                expires INTEGER NOT NULL,
                announced_at INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                receipt INTEGER NOT NULL REFERENCES receipt (id),
                state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'done', 'failed')),
                due INTEGER NOT NULL,
                attempts INTEGER NOT NULL DEFAULT 0,
                cause TEXT,
                detail TEXT,
                UNIQUE (line, location, txn),
                CHECK ((cause IS NULL) = (detail IS NULL))
            ) STRICT;
            CREATE INDEX retrieval_due ON retrieval (line, due) WHERE state IN ('waiting', 'held');

            -- The same table with two more contents.
            CREATE TABLE delivery_anew (
                id INTEGER PRIMARY KEY,
                ulid TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
                message INTEGER NOT NULL REFERENCES message (id),
                queue INTEGER NOT NULL REFERENCES queue (id),
                content TEXT NOT NULL CHECK (content IN ('message', 'delivered', 'failed', 'inDoubt', 'read', 'readReport')),
                recipient TEXT,
                content_at INTEGER,
                content_cause TEXT,
                content_detail TEXT,
                due INTEGER NOT NULL,
                expires INTEGER NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('pending', 'claimed', 'accepted', 'delivered', 'failed', 'inDoubt')),
                attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
                attempt INTEGER REFERENCES attempt (id) DEFERRABLE INITIALLY DEFERRED,
                lease INTEGER,
                cause TEXT,
                detail TEXT,
                reference TEXT,
                checksum INTEGER NOT NULL DEFAULT 0,
                CHECK ((content IN ('message', 'readReport')) = (recipient IS NULL)),
                CHECK ((state = 'claimed') = (lease IS NOT NULL)),
                CHECK (state <> 'claimed' OR attempt IS NOT NULL),
                CHECK ((cause IS NULL) = (detail IS NULL))
            ) STRICT;
            INSERT INTO delivery_anew SELECT * FROM delivery;
            DROP TABLE delivery;
            ALTER TABLE delivery_anew RENAME TO delivery;
            CREATE INDEX delivery_open ON delivery (queue, id) WHERE state IN ('pending', 'claimed');
            CREATE INDEX delivery_claimed ON delivery (lease) WHERE state = 'claimed';
            CREATE INDEX delivery_doubtful ON delivery (id) WHERE state = 'inDoubt';
            CREATE INDEX delivery_message ON delivery (message);

            -- The timeline again, without keys that would be looked for in all of it whenever a delivery is forgotten.
            CREATE TABLE entry_anew (
                sequence INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                kind TEXT NOT NULL,
                message INTEGER REFERENCES message (id),
                delivery INTEGER,
                receipt INTEGER,
                detail TEXT NOT NULL
            ) STRICT;
            INSERT INTO entry_anew SELECT * FROM entry;
            DROP TABLE entry;
            ALTER TABLE entry_anew RENAME TO entry;
            CREATE INDEX entry_message ON entry (message) WHERE message IS NOT NULL;
            CREATE INDEX entry_receipt ON entry (receipt) WHERE receipt IS NOT NULL;
            """)
}
