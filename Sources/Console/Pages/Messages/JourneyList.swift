import Exchange
import Telephony

/// A message's journey on its page: each step with its time, how much later it came, what it means, and the ledger's own words.
struct JourneyList {
    let journey: Journey
    let pages: Pages
    let times: Times

    private var words: Words { pages.words }

    var html: HTML {
        let lasted: HTML = journey.lasted.map { "<p class=\"soft\">\(words.inAll(words.duration($0)))</p>" as HTML } ?? .nothing
        return """
            <section class="journey" id="journey"><h2>\(words.journey)</h2>\(lasted)
            <div class="card"><h3>\(words.howItBegan)</h3>\(list(journey.beginning))</div>\(journey.ways.map(way))</section>
            """
    }

    private func way(_ way: Journey.Way) -> HTML {
        let delivery = way.record.delivery
        let what: HTML = words.content(delivery.content).map { "\($0). " as HTML } ?? .nothing
        let failure: HTML = way.record.failure.map { " <span class=\"reason\">\($0.sentence)</span>" as HTML } ?? .nothing
        let next: HTML =
            way.record.state == .pending && delivery.due < .distantFuture && !way.tries.isEmpty
            ? "<p class=\"soft\">\(words.nextTry): \(pages.moment(delivery.due, times))</p>" : .nothing
        let after: HTML = way.afterwards.isEmpty ? .nothing : "<h4>\(words.afterwards)</h4>\(list(way.afterwards))"
        return """
            <div class="card way \(way.record.state.rawValue)"><h3><bdi>\(words.way(delivery.destination))</bdi></h3>
            <p>\(what)\(words.delivery(way.record.state)).\(failure)</p>\(next)\(list(way.beforehand))\(way.tries.map(one))\(segments(way.segments))\(after)</div>

            """
    }

    private func one(_ attempt: Journey.Try) -> HTML {
        let took: HTML = attempt.took.map { " <span class=\"soft\">\(words.took(words.duration($0)))</span>" as HTML } ?? .nothing
        return "<h4>\(words.attempt(attempt.number))\(took)</h4>\(list(attempt.steps))"
    }

    private func list(_ steps: [Journey.Step]) -> HTML {
        guard !steps.isEmpty else { return .nothing }
        return "<ol class=\"steps\">\(steps.map(row))</ol>"
    }

    private func row(_ step: Journey.Step) -> HTML {
        let later: HTML = step.later.map { " <span class=\"soft\">\(words.later(words.duration($0)))</span>" as HTML } ?? .nothing
        return """
            <li class="\(step.entry.kind.rawValue)">\(pages.moment(step.entry.at, times))\(later)<p>\(words.meaning(of: step.entry.kind))</p><p class="soft"><bdi>\(step.entry.detail)</bdi></p></li>

            """
    }

    private func segments(_ segments: [SegmentRecord]) -> HTML {
        guard !segments.isEmpty else { return .nothing }
        let rows = segments.map { segment -> HTML in
            let answer: HTML =
                if let at = segment.acceptedAt {
                    ", \(words.takenAs) <bdi>\(segment.reference ?? "")</bdi> \(words.later(words.duration(at - segment.handedOverAt)))"
                } else {
                    ", \(words.noAnswer)"
                }
            let fate: HTML =
                switch segment.fate {
                case .delivered: ", \(words.reached)"
                case .failed(let code): ", \(words.notReached) (\(code))"
                case nil: .nothing
                }
            return "<li>\(words.segment(segment.index + 1, of: segment.total)): \(words.handedOver) \(pages.moment(segment.handedOverAt, times))\(answer)\(fate)</li>"
        }
        return "<h4>\(words.segments)</h4><ul class=\"plain\">\(rows)</ul>"
    }
}

extension Pages {
    func journey(of message: MessageID, _ times: Times) async throws -> JourneyList {
        var deliveries: [(record: DeliveryRecord, segments: [SegmentRecord])] = []
        for record in try await desk.ledger.deliveries(of: message) {
            deliveries.append((record, try await desk.care.ledger.segments(of: record.delivery.id)))
        }
        return JourneyList(journey: Journey(try await desk.ledger.timeline(message), deliveries: deliveries), pages: self, times: times)
    }
}
