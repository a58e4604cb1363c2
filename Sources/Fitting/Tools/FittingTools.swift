import Glibc

/// The programs that read and write media: libvips' and FFmpeg's, of Debian. A nil one is not installed.
public struct FittingTools: Hashable, Sendable {
    public var vips: Tool?
    public var vipsheader: Tool?
    public var ffmpeg: Tool?
    public var ffprobe: Tool?

    public init(vips: Tool? = nil, vipsheader: Tool? = nil, ffmpeg: Tool? = nil, ffprobe: Tool? = nil) {
        self.vips = vips
        self.vipsheader = vipsheader
        self.ffmpeg = ffmpeg
        self.ffprobe = ffprobe
    }

    /// What is installed, looked for where packages and administrators put programs.
    public static func find(in folders: [String] = ["/usr/bin", "/usr/local/bin"]) -> FittingTools {
        func tool(_ name: String) -> Tool? {
            folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }.map(Tool.init(path:))
        }
        return FittingTools(vips: tool("vips"), vipsheader: tool("vipsheader"), ffmpeg: tool("ffmpeg"), ffprobe: tool("ffprobe"))
    }

    /// Debian packages to install, in the order in which people miss them; empty when all is there.
    public var missingPackages: [String] {
        (vips == nil || vipsheader == nil ? ["libvips-tools"] : []) + (ffmpeg == nil || ffprobe == nil ? ["ffmpeg"] : [])
    }

    /// What is so, in a sentence for whoever sets the machine up.
    public var sentence: String {
        guard !missingPackages.isEmpty else {
            return Decoder.landlock > 0
                ? "Pictures, sound and film can be fitted." : "Pictures, sound and film can be fitted; this kernel cannot hide other files from the tools (Landlock)."
        }
        let what = missingPackages == ["ffmpeg"] ? "Sound and film" : missingPackages == ["libvips-tools"] ? "Pictures" : "Pictures, sound and film"
        return "\(what) cannot be fitted or sent."
    }

    /// What to do; nil where nothing is to be done.
    public var advice: String? {
        missingPackages.isEmpty ? nil : "apt install \(missingPackages.joined(separator: " "))"
    }
}
