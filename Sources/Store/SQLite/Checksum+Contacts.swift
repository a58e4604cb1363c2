import Telephony

extension Checksum {
    init(of contact: Contact) {
        self.init()
        for text in [contact.owner.name, contact.uid, contact.name, ColumnText.encode(contact.addresses), contact.card] { add(text) }
        add(contact.changedAt.milliseconds)
    }

    init(of block: Block) {
        self.init()
        for text in [ColumnText.encode(block.sender), block.scope.columns.kind, block.scope.columns.owner] { add(text) }
    }
}
