import Exchange
import Files
import HTTPStack
import Telephony

/// Fetches files that apps left on servers of others; only from those that the owner named.
struct ForeignFiles: Sendable {
    let hosts: Set<String>
    let client: any WebClient
    /// Octets of one file.
    let limit: Int

    /// For all files of a message: less than an app waits for the answer to it. What it gave up is not to leave after all.
    static let timeout: Duration = .seconds(20)

    func fetch(_ url: WebURL, into store: any MediaStore, within time: Duration) async throws(FileRefusal) -> (media: Media, contentType: String?) {
        guard hosts.contains(url.host) else { throw .notAllowed(host: url.host) }
        guard time > .zero else { throw .notFetched(Failure(.timeout, url.host)) }
        let intake: any MediaIntake
        do {
            intake = try await store.receive(limit: limit)
        } catch {
            throw .store(error)
        }
        do {
            let answer = try await client.send(
                OutgoingRequest(.get, url, timeout: time, answerBody: .pieces(limit: limit) { try await intake.write($0) }))
            guard answer.status == 200 else { throw Failure(.http(answer.status), url.host) }
            return (try await intake.keep(), answer.header("Content-Type"))
        } catch let failure as Failure {
            await intake.discard()
            throw .notFetched(failure)
        } catch let error as MediaError {
            await intake.discard()
            throw .store(error)
        } catch {
            await intake.discard()
            throw .notFetched(Failure(.unreachable, url.host))
        }
    }
}

extension FileLinks {
    /// Where we have no addresses of our own, every file is somebody else's.
    static func foreign(_ url: String) -> Reading { WebURL(url).map(Reading.foreign) ?? .unreadable }
}
