/// A stored row that cannot be what was stored: its checksum or a name in it is wrong. It is passed over; others are served.
struct Damage: Error, Hashable, Sendable {}
