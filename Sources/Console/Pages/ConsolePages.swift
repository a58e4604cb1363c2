import Files
import HTTPStack
import Logging

/// The pages of the Console: everything that a browser asks for.
public enum ConsolePages {
    /// - Parameters:
    ///   - transport: whether the listener is encrypted.
    ///   - recordings: makes phones' recordings playable; nil serves them as they came.
    public static func all(
        _ desk: Desk, signIns: SignIns, transport: Transport, exposure: Exposure, recordings: Recordings?, log: Logger
    ) -> [Operation] {
        let pages = { sections in
            Pages(desk: desk, signIns: signIns, transport: transport, exposure: exposure, recordings: recordings, log: log, sections: sections)
        }
        let paths = Set(operations(pages([])).map(\.path))
        return operations(pages(Section.allCases.filter { paths.contains($0.path) }))
    }

    private static func operations(_ pages: Pages) -> [Operation] {
        let messages = [InboxPage(pages: pages).operation, SearchPage(pages: pages).operation, LiveEvents(pages: pages).operation, CountText(pages: pages).operation]
            + ThreadPage(pages: pages).operations + NewPage(pages: pages).operations + MessagePage(pages: pages).operations
            + [PicturesPage(pages: pages).operation] + HeldPages(pages: pages).operations
        let personal = PersonalPage(pages: pages).operations + PushPages(pages: pages).operations + Installing(pages: pages).operations
        let signingIn = SignInPage(pages: pages).operations + WelcomePage(pages: pages).operations + YouPage(pages: pages).operations
            + ConfirmPage(pages: pages).operations + CodesPage(pages: pages).operations + PasskeysPage(pages: pages).operations + BrowsersPage(pages: pages).operations
        let settings = [SettingsIndex(pages: pages).operation, AuditPage(pages: pages).operation] + TokensPage(pages: pages).operations
            + TunnelPages(pages: pages).operations
        let care =
            HealthPage(pages: pages).operations + QueuesPage(pages: pages).operations + LogPage(pages: pages).operations
            + [LinesPage(pages: pages).operation] + LinePage(pages: pages).operations
        let people =
            PeoplePage(pages: pages).operations + PersonPage(pages: pages).operations + AppPages(pages: pages).operations
            + InvitationPage(pages: pages).operations + [ProvisionPage(pages: pages).operation]
        return [Asset.operation] + messages + personal + signingIn + people + care + settings + SetupPages(pages: pages).operations + keeping(pages)
    }

    /// What persons keep besides their messages, and how all of it is kept.
    private static func keeping(_ pages: Pages) -> [Operation] {
        guard let people = pages.desk.people else { return [] }
        let moving = people.history.map { MovingPage(pages: pages, people: people, history: $0).operations } ?? []
        return ContactsPage(pages: pages, people: people).operations + BlockedPage(pages: pages, people: people).operations + BackupPage(pages: pages).operations + moving
    }
}
