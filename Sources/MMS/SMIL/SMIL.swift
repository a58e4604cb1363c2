/// The presentation of a message: what is shown after what (SMIL as OMA-TS-MMS_CONF 1.3 has it).
public struct SMIL: Hashable, Sendable {
    /// A place on the screen.
    public struct Region: Hashable, Sendable {
        /// What media name it by: `Image`, `Text`.
        public var id: String
        /// As written, with unit: `0`, `50%`, `160px`. Nil where not told.
        public var left: String?
        public var top: String?
        public var width: String?
        public var height: String?
        /// How a picture is fitted in: `meet`, `fill`.
        public var fit: String?

        public init(id: String, left: String? = nil, top: String? = nil, width: String? = nil, height: String? = nil, fit: String? = nil) {
            self.id = id
            self.left = left
            self.top = top
            self.width = width
            self.height = height
            self.fit = fit
        }
    }

    /// What is shown at the same time: a `par`.
    public struct Slide: Hashable, Sendable {
        /// Nil where not told or without end.
        public var milliseconds: Int?
        /// In their order in the document.
        public var media: [Medium]

        public init(milliseconds: Int? = nil, media: [Medium]) {
            self.milliseconds = milliseconds
            self.media = media
        }
    }

    /// A reference to a part.
    public struct Medium: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            case text
            case image = "img"
            case audio
            case video
            case animation
            case reference = "ref"
        }

        /// Which element it is.
        public var kind: Kind
        /// `cid:` and a Content-ID, or a Content-Location.
        public var source: String
        /// The `id` of a region; nil where not told.
        public var region: String?

        public init(kind: Kind, source: String, region: String? = nil) {
            self.kind = kind
            self.source = source
            self.region = region
        }
    }

    /// In their order in the layout.
    public var regions: [Region]
    /// In the order in which they are shown; none is empty.
    public var slides: [Slide]

    public init(regions: [Region] = [], slides: [Slide] = []) {
        self.regions = regions
        self.slides = slides
    }
}
