/// One thing a tool is asked to do in a workplace.
struct Errand: Sendable {
    let tool: Tool
    /// Without the program's name. Files are named from the workplace: `in` is what is worked on.
    let arguments: [String]
    let confinement: Confinement

    init(_ tool: Tool, _ arguments: [String], within confinement: Confinement) {
        self.tool = tool
        self.arguments = arguments
        self.confinement = confinement
    }
}
