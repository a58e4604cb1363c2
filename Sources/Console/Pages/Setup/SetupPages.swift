import HTTPStack

/// `/setup`: the first run, step by step.
struct SetupPages {
    let pages: Pages

    var operations: [Operation] {
        let start = pages.ownersPage("/setup") { _, visitor in
            let progress = try await pages.progress(visitor)
            return Pages.see(progress.next?.path ?? "/")
        }
        return [start] + SetupYouPage(pages: pages).operations + SetupPlacePage(pages: pages).operations + NewLinePage(pages: pages).operations
            + SetupStartPage(pages: pages).operations + SetupTestPage(pages: pages).operations + SetupAppPage(pages: pages).operations
    }
}
