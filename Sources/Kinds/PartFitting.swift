import Exchange
import Files
import Fitting
import Telephony

/// Makes the parts of a message fit what a carrier takes together, the small ones first: what they leave is for the others.
public struct PartFitting: Sendable {
    private let fitter: Fitter
    private let media: any MediaStore

    public init(fitter: Fitter, media: any MediaStore) {
        self.fitter = fitter
        self.media = media
    }

    /// What becomes of a part that the carrier can't be made to take.
    public enum Remainder: Sendable {
        /// The message is refused.
        case refused
        /// An address goes in its place, under which we serve this message's files.
        case linked(SharedFiles, of: Message)

        /// - Parameter links: nil where it is refused.
        public init(_ links: SharedFiles?, of message: Message) {
            self = links.map { .linked($0, of: message) } ?? .refused
        }
    }

    /// - Parameter overhead: octets of the limits' size that the message takes beside its parts.
    public func fit(
        _ parts: [Part], to limits: MultimediaLimits, overhead: Int, remainder: Remainder = .refused
    ) async throws(Failure) -> [FittedPart] {
        var room = limits.size - overhead
        var fitted: [Int: FittedPart] = [:]
        for (index, part) in parts.enumerated() {
            guard let text = part.text else { continue }
            fitted[index] = FittedPart(mediaType: "text/plain", octets: Array(text.utf8))
            room -= text.utf8.count
        }
        let others = parts.indices.filter { fitted[$0] == nil }.sorted { parts[$0].size < parts[$1].size }
        for (place, index) in others.enumerated() {
            let share = room / (others.count - place)
            let part: FittedPart
            do throws(Failure) {
                guard share > 0 else { throw Failure(.refused, "the carrier takes \(limits.size / 1024) kB in one message, and these parts are too many") }
                part = try await fit(parts[index], MediaLimits(octets: share, longSide: limits.imageWidth, shortSide: limits.imageHeight))
            } catch {
                guard case .linked(let links, let message) = remainder, error.cause == .refused else { throw error }
                part = FittedPart(
                    mediaType: "text/plain", octets: Array(links.sentence(of: parts[index], in: message).utf8), changes: ["A file goes as a link. \(error.sentenceOfFetching)"])
            }
            room -= part.octets.count
            fitted[index] = part
        }
        return parts.indices.compactMap { fitted[$0] }
    }

    private func fit(_ part: Part, _ limits: MediaLimits) async throws(Failure) -> FittedPart {
        do {
            let fitted = try await fitter.fit(try await source(of: part), declared: part.contentType, to: limits)
            return FittedPart(mediaType: fitted.contentType, octets: fitted.octets, name: part.name, changes: fitted.changes)
        } catch let error as FittingError {
            throw error.isTransient ? Failure(.unreachable, error.description) : Failure(.refused, error.description)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.unreachable, "\(error)")
        }
    }

    private func source(of part: Part) async throws(Failure) -> MediaSource {
        switch part.content {
        case .inline(let octets):
            return .octets(octets)
        case .stored(let stored):
            if let path = media.path(of: stored) { return .file(path) }
            do {
                return .octets(try await media.read(stored, from: 0, count: stored.size))
            } catch {
                throw Failure(error == .missing || error == .damaged ? .refused : .unreachable, error.description)
            }
        }
    }
}
