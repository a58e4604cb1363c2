import Dispatch

/// Runs tasks one after the other in the order in which they become ready, so that giving way lets every other task run however
/// busy the machine is.
final class OneThread: TaskExecutor {
    private let queue = DispatchQueue(label: "one thread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
