/// What fitting may cost.
public struct Bounds: Hashable, Sendable {
    public var look = Confinement.look
    public var picture = Confinement.picture
    public var sound = Confinement.sound
    public var film = Confinement.film
    /// Pixels that are ever decoded of a picture, the pages of an animation together: the largest phone cameras have 108 million.
    public var pixels = 120_000_000
    /// Pictures of an animation.
    public var pages = 1000

    public init() {}
}
