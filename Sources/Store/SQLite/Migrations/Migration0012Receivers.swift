extension Migration {
    /// Programs that an endpoint tells, each with queues of its own.
    static let receivers = Migration(
        name: "0012-receivers",
        sql: """
            ALTER TABLE queue ADD COLUMN receiver TEXT CHECK (receiver IS NULL OR (scope = 'endpoint' AND person IS NULL));
            DROP INDEX queue_name;
            CREATE UNIQUE INDEX queue_name ON queue
                (name, scope, owner, ifnull(recipients, ''), ifnull(person, ''), ifnull(device, ''), device IS NULL, ifnull(receiver, ''));
            """)
}
