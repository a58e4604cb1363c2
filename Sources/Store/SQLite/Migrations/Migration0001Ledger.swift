extension Migration {
    /// Times are milliseconds since 1970; names of rows are ULIDs; lists are items each ended by a line feed.
    static let ledger = Migration(
        name: "0001-ledger",
        sql: """
            -- What arrived from trunks. The same octets in the same place are one receipt until it is released.
            CREATE TABLE receipt (
                id INTEGER PRIMARY KEY,
                ulid TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
                line TEXT NOT NULL,
                format TEXT NOT NULL,
                place TEXT NOT NULL,
                octets BLOB NOT NULL,
                received_at INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('unread', 'consumed', 'undecodable')),
                released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1))
            ) STRICT;
            CREATE UNIQUE INDEX receipt_held ON receipt (line, place, octets) WHERE released = 0;
            CREATE INDEX receipt_unread ON receipt (line, id) WHERE state = 'unread';
            CREATE INDEX receipt_undecodable ON receipt (id) WHERE state = 'undecodable';

            CREATE TABLE conversation (
                id INTEGER PRIMARY KEY,
                line TEXT NOT NULL,
                participants TEXT NOT NULL,
                messages INTEGER NOT NULL CHECK (messages > 0),
                last INTEGER NOT NULL REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
                UNIQUE (line, participants)
            ) STRICT;
            CREATE INDEX conversation_last ON conversation (last);

            -- key is NULL when nobody submitted it: it came in.
            CREATE TABLE message (
                id INTEGER PRIMARY KEY,
                ulid TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
                conversation INTEGER NOT NULL REFERENCES conversation (id),
                line TEXT NOT NULL,
                direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing', 'within')),
                sender TEXT,
                presentation TEXT NOT NULL,
                sent_at INTEGER,
                recorded_at INTEGER NOT NULL,
                endpoint TEXT,
                person TEXT,
                device TEXT,
                reference TEXT,
                key TEXT,
                checksum INTEGER NOT NULL,
                CHECK ((endpoint IS NULL) = (reference IS NULL)),
                CHECK (endpoint IS NOT NULL OR (person IS NULL AND device IS NULL))
            ) STRICT;
            CREATE UNIQUE INDEX message_key ON message (ifnull(endpoint, ''), key) WHERE key IS NOT NULL;
            CREATE INDEX message_reference ON message (endpoint, reference) WHERE endpoint IS NOT NULL;
            CREATE INDEX message_line ON message (line, id);

            CREATE TABLE part (
                message INTEGER NOT NULL REFERENCES message (id),
                position INTEGER NOT NULL CHECK (position >= 0),
                content_type TEXT NOT NULL,
                name TEXT,
                octets BLOB NOT NULL,
                PRIMARY KEY (message, position)
            ) STRICT, WITHOUT ROWID;

            -- A destination and conversation. head is its claimed delivery, else its oldest open one; due is when head must be
            -- looked at, NULL while it is claimed.
            CREATE TABLE queue (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                scope TEXT NOT NULL CHECK (scope IN ('trunk', 'endpoint')),
                owner TEXT NOT NULL,
                recipients TEXT,
                person TEXT,
                device TEXT,
                checksum INTEGER NOT NULL,
                head INTEGER REFERENCES delivery (id) DEFERRABLE INITIALLY DEFERRED,
                due INTEGER,
                CHECK ((scope = 'trunk') = (recipients IS NOT NULL)),
                CHECK (scope = 'endpoint' OR person IS NULL),
                CHECK (person IS NOT NULL OR device IS NULL),
                CHECK (head IS NOT NULL OR due IS NULL)
            ) STRICT;
            CREATE UNIQUE INDEX queue_name ON queue
                (name, scope, owner, ifnull(recipients, ''), ifnull(person, ''), ifnull(device, ''), device IS NULL);
            CREATE INDEX queue_due ON queue (scope, owner, due, id) WHERE head IS NOT NULL;
            CREATE INDEX queue_device ON queue (person, device) WHERE person IS NOT NULL AND head IS NOT NULL;

            CREATE TABLE delivery (
                id INTEGER PRIMARY KEY,
                ulid TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
                message INTEGER NOT NULL REFERENCES message (id),
                queue INTEGER NOT NULL REFERENCES queue (id),
                content TEXT NOT NULL CHECK (content IN ('message', 'delivered', 'failed', 'inDoubt')),
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
                CHECK ((content = 'message') = (recipient IS NULL)),
                CHECK ((state = 'claimed') = (lease IS NOT NULL)),
                CHECK (state <> 'claimed' OR attempt IS NOT NULL),
                CHECK ((cause IS NULL) = (detail IS NULL))
            ) STRICT;
            CREATE INDEX delivery_open ON delivery (queue, id) WHERE state IN ('pending', 'claimed');
            CREATE INDEX delivery_claimed ON delivery (lease) WHERE state = 'claimed';
            CREATE INDEX delivery_doubtful ON delivery (id) WHERE state = 'inDoubt';
            CREATE INDEX delivery_message ON delivery (message);

            -- outcome is NULL while the attempt is open.
            CREATE TABLE attempt (
                id INTEGER PRIMARY KEY,
                ulid TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
                delivery INTEGER NOT NULL REFERENCES delivery (id),
                number INTEGER NOT NULL CHECK (number > 0),
                opened_at INTEGER NOT NULL,
                closed_at INTEGER,
                outcome TEXT CHECK (outcome IN ('accepted', 'deferred', 'failed', 'inDoubt', 'interrupted')),
                UNIQUE (delivery, number),
                CHECK ((outcome IS NULL) = (closed_at IS NULL))
            ) STRICT;

            -- reference is NULL from the handing over until the carrier's answer; fate is its last word.
            CREATE TABLE segment (
                delivery INTEGER NOT NULL REFERENCES delivery (id),
                position INTEGER NOT NULL,
                total INTEGER NOT NULL,
                attempt INTEGER NOT NULL REFERENCES attempt (id),
                line TEXT NOT NULL,
                submitted_at INTEGER NOT NULL,
                accepted_at INTEGER,
                reference TEXT,
                fate TEXT CHECK (fate IN ('delivered', 'failed')),
                code INTEGER,
                PRIMARY KEY (delivery, position),
                CHECK ((accepted_at IS NULL) = (reference IS NULL)),
                CHECK (fate IS NULL OR reference IS NOT NULL),
                CHECK ((fate IS 'failed') = (code IS NOT NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX segment_sent ON segment (line, reference) WHERE reference IS NOT NULL AND fate IS NULL;

            -- The timeline.
            CREATE TABLE entry (
                sequence INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                kind TEXT NOT NULL,
                message INTEGER REFERENCES message (id),
                delivery INTEGER REFERENCES delivery (id),
                receipt INTEGER REFERENCES receipt (id),
                detail TEXT NOT NULL
            ) STRICT;
            CREATE INDEX entry_message ON entry (message) WHERE message IS NOT NULL;
            CREATE INDEX entry_receipt ON entry (receipt) WHERE receipt IS NOT NULL;

            CREATE TABLE line (
                id TEXT PRIMARY KEY,
                number TEXT,
                imsi TEXT,
                iccid TEXT,
                carrier TEXT,
                imei TEXT
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE person (
                id TEXT PRIMARY KEY,
                lines TEXT NOT NULL,
                realm TEXT NOT NULL,
                ha1_md5 TEXT NOT NULL,
                ha1_sha256 TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE device (
                id INTEGER PRIMARY KEY,
                person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                UNIQUE (person, name)
            ) STRICT;

            CREATE TABLE binding (
                device INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
                contact TEXT NOT NULL,
                path TEXT NOT NULL,
                flow TEXT NOT NULL,
                call_id TEXT NOT NULL,
                cseq INTEGER NOT NULL,
                user_agent TEXT NOT NULL,
                registered_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE token (
                name TEXT PRIMARY KEY,
                hash TEXT NOT NULL,
                scopes TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER
            ) STRICT, WITHOUT ROWID;

            -- Counts changes of persons and tokens, whichever process makes them.
            CREATE TABLE directory (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                version INTEGER NOT NULL
            ) STRICT;
            INSERT INTO directory VALUES (1, 0);
            CREATE TRIGGER person_added AFTER INSERT ON person BEGIN UPDATE directory SET version = version + 1; END;
            CREATE TRIGGER person_changed AFTER UPDATE ON person BEGIN UPDATE directory SET version = version + 1; END;
            CREATE TRIGGER person_removed AFTER DELETE ON person BEGIN UPDATE directory SET version = version + 1; END;
            CREATE TRIGGER token_added AFTER INSERT ON token BEGIN UPDATE directory SET version = version + 1; END;
            CREATE TRIGGER token_changed AFTER UPDATE ON token BEGIN UPDATE directory SET version = version + 1; END;
            CREATE TRIGGER token_removed AFTER DELETE ON token BEGIN UPDATE directory SET version = version + 1; END;
            """)
}
