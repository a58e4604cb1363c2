/// A small drawing in the colour of what is written around it: not every machine has letters that look so.
enum Icon {
    case clip, pin, muted

    private var path: HTML {
        switch self {
        case .clip: "M20 11.5 11.6 20a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8"
        case .pin: "M9 3h6l-1 6 4 4H6l4-4zM12 13v8"
        case .muted: "M6 17v-6a6 6 0 0 1 10-4.5M18 11v6l2 1H5M10 21h4M4 3l16 18"
        }
    }

    /// Without a name: what it stands for is said beside it.
    var html: HTML {
        """
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="\(path)"/></svg>
        """
    }
}
