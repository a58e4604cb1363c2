/// What persons keep of their own on the pages. Not of the exchange's business: a message goes its way whatever is here.
public typealias PersonalBook = ConversationBook & HeldMessageBook & PersonalSettingsBook & PushBook & WithdrawalBook
