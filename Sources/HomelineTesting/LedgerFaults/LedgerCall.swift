/// A method of the ledger, by name.
public enum LedgerCall: String, Sendable, CaseIterable {
    case record, release, unreadReceipts, repeated, replayUndecodable, commit, sentSegments, reportedSegments, unansweredSegments
    case dueRetrievals, retrievals, noteRetrieval, forgetMessages, forgetReceipts, forgetMessage, namedMedia, conversation
    case submit, message, messageByReference, messages, selectedMessages, hideMessage, conversations, timeline, entries, lastEntry, updateLine, lines
    case claim, fitted, willSubmit, segmentAccepted, settle, recover, giveUpExpired, expediteDevice, expediteLine, deliveries, decide, wasRead, openScopes, openDeliveries, backlog
    case savePerson, changeLines, changeCredentials, removePerson, persons, subscribers, saveBinding, unregister, bindings, devices, deviceRecords, forget, saveToken, removeToken, tokens
    case directoryVersion, health, probe, clockWasSet
    case accounts, saveAccount, changePassword, saveTimeZone, removeAccount, saveInvitation, invitation, acceptInvitation
    case saveSignIn, saveProvenSignIn, noteSeen, signIn, signOut, signOutOld
    case inbox, conversationNumber, thread, markRead, search, indexWords

    /// Those that change something; a crash at any other loses nothing that was not lost before.
    public static let writing: [LedgerCall] = [
        .record, .release, .replayUndecodable, .commit, .noteRetrieval, .forgetMessages, .forgetReceipts, .forgetMessage, .hideMessage, .submit, .updateLine, .claim, .fitted,
        .willSubmit, .segmentAccepted, .settle, .recover, .giveUpExpired,
        .expediteDevice, .expediteLine, .decide, .wasRead, .savePerson, .removePerson, .saveBinding, .unregister, .forget, .saveToken, .removeToken,
    ]
}
