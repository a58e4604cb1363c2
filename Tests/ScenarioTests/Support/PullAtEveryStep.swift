import Telephony
import Testing

/// Lives once for each step there is, dying at it (and at step `second` of the next life), and then to the end. Returns how many
/// steps there were.
func pullAtEveryStep(
    thenAt second: Int? = nil, _ make: () async throws -> World, account: (World, Comment, Set<MessageID>) async throws -> Void
) async throws -> Int {
    var point = 1
    while true {
        let world = try await make()
        let first = try await world.live(until: point)
        guard let step = first.step else {
            try await account(world, "without a crash", first.cut)
            return point - 1
        }
        var cut = first.cut
        var story = "the plug was pulled at step \(step)"
        if let second {
            let ending = try await world.live(until: second)
            cut.formUnion(ending.cut)
            if let step = ending.step { story += ", then at step \(step)" }
        }
        _ = try await world.live()
        try await account(world, Comment(rawValue: story), cut)
        point += 1
    }
}
