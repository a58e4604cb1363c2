import Glibc

/// Renditions by the digests of their originals, made when first asked for and kept in a folder beside the originals, from which a sweep
/// removes them with their original.
public actor Renditions {
    private let fitter: Fitter
    private let directory: String
    private var making: [String: Task<Result<String, FittingError>, Never>] = [:]

    /// - Parameter directory: `renditions` of the media store; a folder of the same disk as the fitter's.
    public init(fitter: Fitter, directory: String) {
        self.fitter = fitter
        self.directory = directory
    }

    /// The rendition itself, of at most so many octets.
    public func octets(of rendition: Rendition, for digest: String, from source: MediaSource, limit: Int) async throws(FittingError) -> [UInt8] {
        let made = MediaSource.file(try await path(of: rendition, for: digest, from: source))
        guard try made.count() <= limit else { throw .tooDemanding("takes too much room") }
        return try made.octets()
    }

    /// The path of the rendition. Who asks while it is made waits for the one that is being made.
    ///
    /// - Parameter digest: 64 hexadecimal digits.
    public func path(of rendition: Rendition, for digest: String, from source: MediaSource) async throws(FittingError) -> String {
        let shard = "\(directory)/\(digest.prefix(2))"
        let path = "\(shard)/\(digest.dropFirst(2)).\(rendition.rawValue)"
        if access(path, R_OK) == 0 { return path }
        if let task = making[path] { return try await made(by: task) }
        guard mkdir(shard, 0o700) == 0 || errno == EEXIST else { throw .machine("a folder for renditions cannot be made: error \(errno)") }
        let task = Task { [fitter] () -> Result<String, FittingError> in
            do throws(FittingError) {
                try await fitter.render(rendition, of: source, to: path)
                return .success(path)
            } catch {
                return .failure(error)
            }
        }
        making[path] = task
        Task {
            _ = await task.value
            making[path] = nil
        }
        return try await made(by: task)
    }

    /// Who is cancelled does not wait, and the others still have it.
    private func made(by task: Task<Result<String, FittingError>, Never>) async throws(FittingError) -> String {
        let (results, told) = AsyncStream<Result<String, FittingError>>.makeStream()
        Task {
            told.yield(await task.value)
            told.finish()
        }
        for await result in results { return try result.get() }
        throw .cancelled
    }
}
