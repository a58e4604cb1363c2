import Exchange
import Fitting
import Messaging
import Telephony

/// Makes the parts of a message fit a carrier's limits together, the small ones first: what they leave is for the others.
struct PartFitting: Sendable {
    let fitter: Fitter
    let media: any MediaStore

    func fit(_ parts: [Part], to limits: MultimediaLimits, recipients: Int) async throws(Failure) -> [FittedPart] {
        var room = limits.size - MultimediaComposer.overhead(parts: parts.count, recipients: recipients)
        var fitted: [Int: FittedPart] = [:]
        for (index, part) in parts.enumerated() {
            guard let text = part.text else { continue }
            fitted[index] = FittedPart(mediaType: "text/plain", octets: Array(text.utf8))
            room -= text.utf8.count
        }
        let others = parts.indices.filter { fitted[$0] == nil }.sorted { parts[$0].size < parts[$1].size }
        for (place, index) in others.enumerated() {
            let share = room / (others.count - place)
            guard share > 0 else { throw Failure(.refused, "the carrier takes \(limits.size / 1024) kB in one message, and these parts are too many") }
            let part = try await fit(parts[index], MediaLimits(octets: share, longSide: limits.imageWidth, shortSide: limits.imageHeight))
            room -= part.octets.count
            fitted[index] = part
        }
        return parts.indices.compactMap { fitted[$0] }
    }

    private func fit(_ part: Part, _ limits: MediaLimits) async throws(Failure) -> FittedPart {
        do {
            let fitted = try await fitter.fit(try await source(of: part), declared: part.contentType, to: limits)
            return FittedPart(mediaType: fitted.contentType, octets: fitted.octets, name: part.name)
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
