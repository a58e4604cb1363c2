import Telephony
import Wire

/// What is particular to one program that sends and receives by files. Pure: what is in files, and what follows from it.
protocol SpoolDialect: Sendable {
    /// For sentences.
    var program: String { get }
    /// The files of a text; each holds some of its segments, in order.
    func letters(of text: OutgoingText) -> [Letter]
    /// The network's names for the segments of a letter, by what the program kept of it.
    func references(of letter: Letter, kept: [UInt8]) -> [String]
    /// Why the program gave a letter up.
    func failure(kept: [UInt8]) -> Failure
    /// The files that belong together, in the order in which they are read; a bundle with a file that is not whole is left for later.
    ///
    /// - Parameter names: in the order in which the files were written.
    func bundles(of names: [String]) -> [[String]]
    /// Throws where the files are none of the program's.
    func read(_ bundle: [SpooledFile]) throws(DecodeError) -> [SpoolItem]
}

/// A file for the program, and which segments are in it.
struct Letter: Hashable, Sendable {
    let name: String
    let octets: [UInt8]
    let segments: Range<Int>
}

struct SpooledFile: Hashable, Sendable {
    /// Whose words are in it.
    enum Words: Hashable, Sendable {
        /// Of anybody who sends texts, who may write whatever the program would.
        case anybodys
        /// What became of texts, in the program's own words.
        case reports
    }

    let name: String
    let octets: [UInt8]
    let words: Words
}
