import Exchange
import HTTPStack

extension VoIPms {
    /// In the order of the real service: what is asked, who asks, and only then whether there is such a thing.
    func answer(_ call: Call) async -> Reply {
        do throws(Refusal) {
            guard let name = call["method"] else { throw Refusal(.missingMethod) }
            let account = try account(of: call)
            guard let method = CallMethod(rawValue: name) else { throw Refusal(.invalidMethod) }
            return try await carryOut(method, call, account)
        } catch {
            return Reply(error)
        }
    }

    private func carryOut(_ method: CallMethod, _ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        switch method {
        case .sendSMS: try await sendSMS(call, account)
        case .sendMMS: try await sendMMS(call, account)
        case .getSMS: try await messages(call, account, of: .texts, named: "sms")
        case .getMMS: try await messages(call, account, of: .files, named: "mms")
        case .getMediaMMS: try await mediaMMS(call, account)
        case .deleteSMS, .deleteMMS: try await delete(call, account)
        case .getDIDsInfo: try await dids(call, account)
        case .setSMS: try await setSMS(call, account)
        case .getSubAccounts: try await subAccounts(call, account)
        case .getServersInfo: servers(call)
        case .getBalance: balance(call)
        case .getIP: ip(call)
        case .getPhonebook: try phonebook(call, account)
        case .addPhonebook: try addPhonebook(call, account)
        case .setPhonebook: try setPhonebook(call, account)
        case .delPhonebook: try delPhonebook(call, account)
        }
    }
}
