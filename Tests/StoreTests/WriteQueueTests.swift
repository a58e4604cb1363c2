import Testing

@testable import Store

@Suite struct WriteQueueTests {
    private typealias Queue = WriteQueue<Int>

    private func queue(acknowledgements: Int, consequences: Int) -> Queue {
        var queue = Queue()
        for number in 0..<consequences { queue.append(-1 - number, .consequence) }
        for number in 0..<acknowledgements { queue.append(number, .acknowledgement) }
        return queue
    }

    @Test func `who waits outside goes first, and the rest has its share`() {
        var queue = queue(acknowledgements: 3, consequences: 20)
        #expect(queue.take() == [0, 1, 2] + (1...Queue.share).map { -$0 })
        #expect(queue.count == 20 - Queue.share)
    }

    @Test func `without anybody outside all of the rest is taken`() {
        var queue = queue(acknowledgements: 0, consequences: 20)
        #expect(queue.take() == (1...20).map { -$0 })
        #expect(queue.isEmpty)
    }

    @Test func `under endless load no transaction is too large and none leaves the rest out`() {
        var queue = queue(acknowledgements: 5000, consequences: 5000)
        var (first, rest): ([Int], [Int]) = ([], [])
        while !queue.isEmpty {
            let batch = queue.take()
            #expect(batch.count <= Queue.batch)
            if first.count < 5000 { #expect(batch.contains { $0 < 0 }) }
            first += batch.filter { $0 >= 0 }
            rest += batch.filter { $0 < 0 }
        }
        #expect(first == Array(0..<5000))
        #expect(rest == (1...5000).map { -$0 })
    }

    @Test func `all of it can be taken at once`() {
        var queue = queue(acknowledgements: 2, consequences: 2)
        #expect(queue.takeAll() == [0, 1, -1, -2])
        #expect(queue.isEmpty)
    }
}
