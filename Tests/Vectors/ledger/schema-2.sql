-- A ledger as schema 2 left it: schema 1's, brought up to date by a process that was killed between its two steps to schema 3.
PRAGMA application_id = 1215122542;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('0001-ledger');
INSERT INTO grdb_migrations VALUES('0002-repeats');
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
INSERT INTO receipt VALUES(1,'01M7Y0YS3VJ4WXH7X8YX6PRGSN','home','modemPDU','SM/1',X'0791947101670000040b915155100021f300006211124030944009c73abdec0651c367',1795230229627,6762279570164777288,'consumed',1);
INSERT INTO receipt VALUES(2,'01M7Y0YS92K03E977KRPFDYPRC','home','modemPDU','SR/1',X'079194710167000006010b915155100021f4621112403094406211124030944000',1795230229794,972376667834520475,'consumed',1);
INSERT INTO receipt VALUES(3,'01M7Y0YSAMXAT0Y4AAYPZACW2X','home','modemPDU','SR/1',X'079194710167000006020b915155100021f5621112403094406211124030944000',1795230229844,-8538382548033787031,'consumed',1);
INSERT INTO receipt VALUES(4,'01M7Y0YSC7JMWF49MBTB37496F','home','modemPDU','SR/1',X'079194710167000006030b915155100021f5621112403094406211124030944000',1795230229895,726579503544306244,'consumed',1);
INSERT INTO receipt VALUES(5,'01M7Y0YZZZZZZZZZZZZZZZZZZZ','home','modemPDU','SM/2',X'00',1795230240000,-4104543765813731426,'undecodable',1);
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY,
    line TEXT NOT NULL,
    participants TEXT NOT NULL,
    messages INTEGER NOT NULL CHECK (messages > 0),
    last INTEGER NOT NULL REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (line, participants)
) STRICT;
INSERT INTO conversation VALUES(1,'home',replace('number:+15550100123\n','\n',char(10)),1,1);
INSERT INTO conversation VALUES(2,'home',replace('number:+15550100124\n','\n',char(10)),1,2);
INSERT INTO conversation VALUES(3,'home',replace('number:+15550100125\n','\n',char(10)),1,3);
INSERT INTO conversation VALUES(4,'home',replace('number:+15550100126\n','\n',char(10)),1,4);
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
INSERT INTO message VALUES(1,'01M7Y0YS40NKZSN4HS70PY4J0N',1,'home','incoming','number:+15550100123','ordinary',1795230229000,1795230229632,NULL,NULL,NULL,NULL,NULL,-8738702843403450332);
INSERT INTO message VALUES(2,'01M7Y0YS5MSWHAP7NW4GCPKHWV',2,'home','outgoing',NULL,'ordinary',NULL,1795230229684,'api',NULL,NULL,'/order-1','/order-1',6144031247563265501);
INSERT INTO message VALUES(3,'01M7Y0YS5T7JZVQSSW4JSE2B61',3,'home','outgoing',NULL,'ordinary',NULL,1795230229690,'api',NULL,NULL,'/order-2','/order-2',5128978958454908196);
INSERT INTO message VALUES(4,'01M7Y0YW5DW5K20HDATY3G5KC9',4,'home','outgoing',NULL,'ordinary',NULL,1795230232749,'api',NULL,NULL,'/order-3','/order-3',-8924440882759472116);
CREATE TABLE part (
    message INTEGER NOT NULL REFERENCES message (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    content_type TEXT NOT NULL,
    name TEXT,
    octets BLOB NOT NULL,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;
INSERT INTO part VALUES(1,0,'text/plain; charset=utf-8',NULL,X'477574656e20546167');
INSERT INTO part VALUES(2,0,'text/plain; charset=utf-8',NULL,X'6f6e65207365676d656e74');
INSERT INTO part VALUES(3,0,'text/plain; charset=utf-8',NULL,X'6c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e67206c6f6e6720');
INSERT INTO part VALUES(4,0,'text/plain; charset=utf-8',NULL,X'7761697473');
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
INSERT INTO queue VALUES(1,'softphone/alice//home/+15550100123','endpoint','softphone',NULL,'alice',NULL,2828976002419405185,1,1797822229632);
INSERT INTO queue VALUES(2,'softphone/bob//home/+15550100123','endpoint','softphone',NULL,'bob',NULL,5738282731707588278,2,1797822229632);
INSERT INTO queue VALUES(3,'trunk/home/+15550100124','trunk','home',replace('number:+15550100124\n','\n',char(10)),NULL,NULL,4378028503273970696,NULL,NULL);
INSERT INTO queue VALUES(4,'trunk/home/+15550100125','trunk','home',replace('number:+15550100125\n','\n',char(10)),NULL,NULL,-2716174934105728771,NULL,NULL);
INSERT INTO queue VALUES(5,'trunk/home/+15550100126','trunk','home',replace('number:+15550100126\n','\n',char(10)),NULL,NULL,1522324813429519058,5,1795316632749);
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
INSERT INTO delivery VALUES(1,'01M7Y0YS40YKDYWRYTHC99G686',1,1,'message',NULL,NULL,NULL,NULL,1797822229632,1797822229632,'pending',1,1,NULL,'notRegistered','',NULL);
INSERT INTO delivery VALUES(2,'01M7Y0YS40N2GFE5EFJKBYD7R2',1,2,'message',NULL,NULL,NULL,NULL,1797822229632,1797822229632,'pending',1,2,NULL,'notRegistered','',NULL);
INSERT INTO delivery VALUES(3,'01M7Y0YS5MDECZ63HCGJQZPWBY',2,3,'message',NULL,NULL,NULL,NULL,1795230229684,1795316629684,'delivered',1,3,NULL,NULL,NULL,'1');
INSERT INTO delivery VALUES(4,'01M7Y0YS5TKP5FVW32GP1ABQR7',3,4,'message',NULL,NULL,NULL,NULL,1795230229690,1795316629690,'delivered',1,4,NULL,NULL,NULL,'2');
INSERT INTO delivery VALUES(5,'01M7Y0YW5DNVGJ7V2A73MY9SRQ',4,5,'message',NULL,NULL,NULL,NULL,1795316632749,1795316632749,'pending',1,5,NULL,'unreachable','The modem cannot be reached: /tmp/v1/h/modem-home/modem is not there.',NULL);
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
INSERT INTO attempt VALUES(1,'01M7Y0YS43WZVMVD4K2B1Z3W2E',1,1,1795230229634,1795230229637,'deferred');
INSERT INTO attempt VALUES(2,'01M7Y0YS44C87NRHA5ZR5KWAM7',2,1,1795230229634,1795230229637,'deferred');
INSERT INTO attempt VALUES(3,'01M7Y0YS5QNRPXSC7FPY4SXT65',3,1,1795230229686,1795230229693,'accepted');
INSERT INTO attempt VALUES(4,'01M7Y0YS5Z4HPRXG1WF38DAK9S',4,1,1795230229694,1795230229702,'accepted');
INSERT INTO attempt VALUES(5,'01M7Y0YW5GSFY9XA9326ZJ5E8C',5,1,1795230232751,1795230232753,'deferred');
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
INSERT INTO segment VALUES(3,0,1,3,'home',1795230229689,1795230229692,'1','delivered',NULL);
INSERT INTO segment VALUES(4,0,2,4,'home',1795230229697,1795230229699,'2','delivered',NULL);
INSERT INTO segment VALUES(4,1,2,4,'home',1795230229700,1795230229701,'3','delivered',NULL);
CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message INTEGER REFERENCES message (id),
    delivery INTEGER REFERENCES delivery (id),
    receipt INTEGER REFERENCES receipt (id),
    detail TEXT NOT NULL
) STRICT;
INSERT INTO entry VALUES(1,1795230229627,'received',1,NULL,1,'35 octets recorded from SM/1.');
INSERT INTO entry VALUES(2,1795230229632,'message',1,NULL,NULL,'Interpreted from a receipt.');
INSERT INTO entry VALUES(3,1795230229632,'planned',1,1,NULL,'To be brought to the first device that alice registers with softphone.');
INSERT INTO entry VALUES(4,1795230229632,'planned',1,2,NULL,'To be brought to the first device that bob registers with softphone.');
INSERT INTO entry VALUES(5,1795230229634,'attempted',1,1,NULL,'Attempt 1.');
INSERT INTO entry VALUES(6,1795230229634,'attempted',1,2,NULL,'Attempt 1.');
INSERT INTO entry VALUES(7,1795230229637,'deferred',1,1,NULL,'No app of this person is registered. Again at 2026-12-21T03:03:49Z.');
INSERT INTO entry VALUES(8,1795230229637,'deferred',1,2,NULL,'No app of this person is registered. Again at 2026-12-21T03:03:49Z.');
INSERT INTO entry VALUES(9,1795230229684,'message',2,NULL,NULL,'Submitted by api.');
INSERT INTO entry VALUES(10,1795230229684,'planned',2,3,NULL,'To be brought to +15550100124 over home.');
INSERT INTO entry VALUES(11,1795230229686,'attempted',2,3,NULL,'Attempt 1.');
INSERT INTO entry VALUES(12,1795230229689,'submitting',2,3,NULL,'Segment 1 of 1 is being handed over.');
INSERT INTO entry VALUES(13,1795230229690,'message',3,NULL,NULL,'Submitted by api.');
INSERT INTO entry VALUES(14,1795230229690,'planned',3,4,NULL,'To be brought to +15550100125 over home.');
INSERT INTO entry VALUES(15,1795230229692,'segmentAccepted',2,3,NULL,'Segment 1 was accepted as 1.');
INSERT INTO entry VALUES(16,1795230229693,'accepted',2,3,NULL,'Accepted as 1.');
INSERT INTO entry VALUES(17,1795230229694,'attempted',3,4,NULL,'Attempt 1.');
INSERT INTO entry VALUES(18,1795230229697,'submitting',3,4,NULL,'Segment 1 of 2 is being handed over.');
INSERT INTO entry VALUES(19,1795230229699,'segmentAccepted',3,4,NULL,'Segment 1 was accepted as 2.');
INSERT INTO entry VALUES(20,1795230229700,'submitting',3,4,NULL,'Segment 2 of 2 is being handed over.');
INSERT INTO entry VALUES(21,1795230229701,'segmentAccepted',3,4,NULL,'Segment 2 was accepted as 3.');
INSERT INTO entry VALUES(22,1795230229702,'accepted',3,4,NULL,'Accepted as 2.');
INSERT INTO entry VALUES(23,1795230229794,'received',2,NULL,2,'33 octets recorded from SR/1.');
INSERT INTO entry VALUES(24,1795230229797,'reported',2,3,NULL,'The network reports segment 1 to +15550100124: delivered.');
INSERT INTO entry VALUES(25,1795230229844,'received',3,NULL,3,'33 octets recorded from SR/1.');
INSERT INTO entry VALUES(26,1795230229847,'reported',3,4,NULL,'The network reports segment 2 to +15550100125: delivered.');
INSERT INTO entry VALUES(27,1795230229895,'received',3,NULL,4,'33 octets recorded from SR/1.');
INSERT INTO entry VALUES(28,1795230229898,'reported',3,4,NULL,'The network reports segment 3 to +15550100125: delivered.');
INSERT INTO entry VALUES(29,1795230232749,'message',4,NULL,NULL,'Submitted by api.');
INSERT INTO entry VALUES(30,1795230232749,'planned',4,5,NULL,'To be brought to +15550100126 over home.');
INSERT INTO entry VALUES(31,1795230232751,'attempted',4,5,NULL,'Attempt 1.');
INSERT INTO entry VALUES(32,1795230232753,'deferred',4,5,NULL,'It could not be reached: The modem cannot be reached: /tmp/v1/h/modem-home/modem is not there. Again at 2026-11-22T03:03:52Z.');
CREATE TABLE line (
    id TEXT PRIMARY KEY,
    number TEXT,
    imsi TEXT,
    iccid TEXT,
    carrier TEXT,
    imei TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO line VALUES('home','+4915112345678','262011234567890','8949020000012345678','Simulated','490154203237518');
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    lines TEXT NOT NULL,
    realm TEXT NOT NULL,
    ha1_md5 TEXT NOT NULL,
    ha1_sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO person VALUES('alice',replace('home\n','\n',char(10)),'home.test','0ceb3e69d98532d32cf5f04e854ac36d','dbd3b4610c560c8574514f7c7f59b8cd1ede512a6cf9d2417626a96a4bed6f10');
INSERT INTO person VALUES('bob',replace('home\n','\n',char(10)),'home.test','caa59dd053d7f9fb97c21383e0c150d4','a785200dcee0087c9d30de740ccdd877edf2369f4fad62e7e7450c0ceacac5af');
CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    UNIQUE (person, name)
) STRICT;
INSERT INTO device VALUES(1,'alice','urn:uuid:9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d');
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
INSERT INTO binding VALUES(1,'<sip:alice@127.0.0.1:5066>','','udp 127.0.0.1:5060 127.0.0.1:5066','call-1',2,'Linphone/5.2',1795230225000,1795233825000);
CREATE TABLE token (
    name TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO token VALUES('ci','bd295dc2dcd01b22580da8388c4968844f47b86fd08d1eb67c9cc28df14595a9',replace('send\n','\n',char(10)),1795230229618,NULL);
CREATE TABLE directory (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO directory VALUES(1,3);
CREATE UNIQUE INDEX receipt_held ON receipt (line, place, octets) WHERE released = 0;
CREATE INDEX receipt_unread ON receipt (line, id) WHERE state = 'unread';
CREATE INDEX receipt_undecodable ON receipt (id) WHERE state = 'undecodable';
CREATE INDEX conversation_last ON conversation (last);
CREATE UNIQUE INDEX message_key ON message (ifnull(endpoint, ''), key) WHERE key IS NOT NULL;
CREATE INDEX message_reference ON message (endpoint, reference) WHERE endpoint IS NOT NULL;
CREATE INDEX message_line ON message (line, id);
CREATE UNIQUE INDEX queue_name ON queue
    (name, scope, owner, ifnull(recipients, ''), ifnull(person, ''), ifnull(device, ''), device IS NULL);
CREATE INDEX queue_due ON queue (scope, owner, due, id) WHERE head IS NOT NULL;
CREATE INDEX queue_device ON queue (person, device) WHERE person IS NOT NULL AND head IS NOT NULL;
CREATE INDEX delivery_open ON delivery (queue, id) WHERE state IN ('pending', 'claimed');
CREATE INDEX delivery_claimed ON delivery (lease) WHERE state = 'claimed';
CREATE INDEX delivery_doubtful ON delivery (id) WHERE state = 'inDoubt';
CREATE INDEX delivery_message ON delivery (message);
CREATE INDEX segment_sent ON segment (line, reference) WHERE reference IS NOT NULL AND fate IS NULL;
CREATE INDEX entry_message ON entry (message) WHERE message IS NOT NULL;
CREATE INDEX entry_receipt ON entry (receipt) WHERE receipt IS NOT NULL;
CREATE TRIGGER person_added AFTER INSERT ON person BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER person_changed AFTER UPDATE ON person BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER person_removed AFTER DELETE ON person BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER token_added AFTER INSERT ON token BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER token_changed AFTER UPDATE ON token BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER token_removed AFTER DELETE ON token BEGIN UPDATE directory SET version = version + 1; END;
CREATE INDEX receipt_content ON receipt (checksum);
COMMIT;
