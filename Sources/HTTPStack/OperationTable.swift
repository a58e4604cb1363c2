/// Finds the operation for a method and path.
struct OperationTable: Sendable {
    enum Resolution: Sendable {
        case found(Operation, parameters: [String: String])
        /// The path exists with other methods.
        case methodNotAllowed([Method])
        case notFound
    }

    private struct Template: Sendable {
        enum Segment: Sendable {
            case literal(Substring)
            case parameter(String)
        }

        let segments: [Segment]
        var operations: [Method: Operation]

        init(_ operation: Operation) {
            segments = operation.path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
                segment.hasPrefix("{") ? .parameter(String(segment.dropFirst().dropLast())) : .literal(segment)
            }
            operations = [operation.method: operation]
        }

        func match(_ path: [Substring]) -> [String: String]? {
            guard path.count == segments.count else { return nil }
            var parameters: [String: String] = [:]
            for (segment, text) in zip(segments, path) {
                switch segment {
                case .literal(let literal): guard literal == text else { return nil }
                case .parameter(let name):
                    guard let value = PercentEncoding.decode(text, plus: .literal), !value.isEmpty else { return nil }
                    parameters[name] = value
                }
            }
            return parameters
        }
    }

    private var literals: [String: [Method: Operation]] = [:]
    private var templates: [Template] = []

    init(_ operations: [Operation]) {
        var byTemplate: [String: Int] = [:]
        for operation in operations {
            if !operation.path.contains("{") {
                literals[operation.path, default: [:]][operation.method] = operation
            } else if let index = byTemplate[operation.path] {
                templates[index].operations[operation.method] = operation
            } else {
                byTemplate[operation.path] = templates.count
                templates.append(Template(operation))
            }
        }
    }

    /// Paths whose request lines may be longer than is allowed everywhere, of a GET.
    var longTargets: [String: LongTarget] { literals.compactMapValues { $0[.get]?.longTarget } }

    func resolve(_ method: String, _ path: String) -> Resolution {
        if let operations = literals[path] { return choose(method, operations, [:]) }
        let segments = path.split(separator: "/", maxSplits: 16, omittingEmptySubsequences: false)
        for template in templates {
            if let parameters = template.match(segments) { return choose(method, template.operations, parameters) }
        }
        return .notFound
    }

    private func choose(_ method: String, _ operations: [Method: Operation], _ parameters: [String: String]) -> Resolution {
        if let method = Method(rawValue: method), let operation = operations[method] { return .found(operation, parameters: parameters) }
        return .methodNotAllowed(operations.keys.sorted { $0.rawValue < $1.rawValue })
    }
}
