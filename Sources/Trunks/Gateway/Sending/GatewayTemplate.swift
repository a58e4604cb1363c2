import Exchange
import HTTPStack

/// Everything that is particular to one kind of gateway.
struct GatewayTemplate: Sendable {
    /// Where it is reached unless the settings say otherwise; nil where they must.
    var url: String?
    /// Whether it must be told our number; else it knows it, and may be told another.
    var needsSender = true
    /// Sends a text alone.
    var text: RequestTemplate
    /// Sends a text of more octets than `longerThan`; nil where there is no such limit.
    var long: RequestTemplate?
    var longerThan: Int?
    /// Sends a text with files; nil where it takes none.
    var files: RequestTemplate?
    var fileLimits = MultimediaLimits(size: 600 * 1024, imageWidth: 1600, imageHeight: 1200, recipients: 1)
    /// Files of one message at most.
    var fileCount = 10
    var answer: AnswerTemplate
    /// The answer to files, where it is another.
    var filesAnswer: AnswerTemplate?
    /// What it means when the same request comes twice under the same id.
    var repetition = OutgoingRequest.Repetition.costly
    var callback: CallbackTemplate?
    var poll: PollTemplate?
    /// From which files of messages are fetched.
    var mediaHosts: [String] = []
    /// Whether those want our login.
    var mediaAuthorization = RequestTemplate.Authorization.none

    var requests: [RequestTemplate] { [text, long, files, poll?.request, poll?.delete].compactMap { $0 } }

    /// Whether files leave by addresses of ours.
    var showsFiles: Bool { files?.placeholders.contains(where: \.isFileAddress) ?? false }
}
