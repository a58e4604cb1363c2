import Exchange
import GRDB
import Telephony

extension Tables {
    func blocks() throws -> [Block] {
        let found = try db.rows("SELECT sender, scope, owner, checksum FROM block ORDER BY sender, scope, owner") { row in
            try whole(.block, try row.column(0) as String) { try block(row) }
        }
        return found.compactMap(\.self)
    }

    private func block(_ row: Row) throws -> Block {
        let owner: String = try row.column(2)
        let block = Block(try ColumnText.decode(address: row.column(0)), for: try row.column(1) as String == "line" ? .line(LineID(owner)) : .person(PersonID(owner)))
        guard try row.column(3) == Checksum(of: block).column else { throw Damage() }
        return block
    }

    func save(_ block: Block, at: Instant) throws {
        try db.run(
            "INSERT OR REPLACE INTO block (sender, scope, owner, since, checksum) VALUES (?, ?, ?, ?, ?)", ColumnText.encode(block.sender),
            block.scope.columns.kind, block.scope.columns.owner, at.milliseconds, Checksum(of: block).column)
    }

    func remove(_ block: Block) throws -> Bool {
        try db.run(
            "DELETE FROM block WHERE sender = ? AND scope = ? AND owner = ?", ColumnText.encode(block.sender), block.scope.columns.kind, block.scope.columns.owner)
        return db.changesCount > 0
    }
}

extension Block.Scope {
    var columns: (kind: String, owner: String) {
        switch self {
        case .line(let line): ("line", line.name)
        case .person(let person): ("person", person.name)
        }
    }
}
