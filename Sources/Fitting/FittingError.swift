/// Why media was not fitted. The original is as it was.
public enum FittingError: Error, Hashable, Sendable {
    /// A program is not installed; the Debian package that has it.
    case toolMissing(package: String)
    /// None of the formats we know, or not one that can be sent.
    case unknownFormat(String)
    /// More pixels than are ever decoded.
    case tooManyPixels(width: Int, height: Int, pages: Int)
    /// The decoder made nothing of it; its complaint, for the owner.
    case undecodable(String)
    /// The decoder needed more time, memory or room than it may have.
    case tooDemanding(String)
    /// It cannot be made to fit; the sentence for the person who sent it.
    case cannotFit(String)
    /// No room, no descriptor, no process: not the media's fault.
    case machine(String)
    case cancelled
}

extension FittingError: CustomStringConvertible {
    /// For people.
    public var description: String {
        switch self {
        case .toolMissing(let package): "Media cannot be prepared for sending because a program is missing on the server (Debian package \(package))."
        case .unknownFormat(let type): "Picture messages carry pictures, sound, film, contacts and text; this is \(type)."
        case .tooManyPixels(let width, let height, let pages):
            pages > 1 ? "The animation of \(pages) pictures of \(width) × \(height) is too large to be read." : "The picture of \(width) × \(height) is too large to be read."
        case .undecodable: "The file is damaged, or not what it says it is."
        case .tooDemanding(let what): "Preparing the file \(what)."
        case .cannotFit(let sentence): sentence
        case .machine: "This machine cannot prepare the file now."
        case .cancelled: "Preparing the file was given up."
        }
    }

    /// Whether the same file may well be fitted later.
    public var isTransient: Bool {
        switch self {
        case .toolMissing, .machine, .cancelled: true
        case .unknownFormat, .tooManyPixels, .undecodable, .tooDemanding, .cannotFit: false
        }
    }
}

extension FittingError: CustomDebugStringConvertible {
    /// For the owner, with the details.
    public var debugDescription: String {
        switch self {
        case .undecodable(let detail), .machine(let detail): "\(description) (\(detail))"
        case .toolMissing, .unknownFormat, .tooManyPixels, .tooDemanding, .cannotFit, .cancelled: description
        }
    }
}
