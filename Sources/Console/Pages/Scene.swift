/// What all that is said in one answer has in common, so that no page hands it on: set around whatever answers a request.
struct Scene: Sendable {
    /// Of the request that is being answered.
    @TaskLocal static var current = Scene()

    var words = Words.english
    /// The path that was asked for.
    var path = "/"
    /// Those that have a page.
    var sections: [Section] = []
}
