/// Every method by its name.
enum CallMethod: String, CaseIterable, Sendable {
    case sendSMS, sendMMS, getSMS, getMMS, getMediaMMS, deleteSMS, deleteMMS
    case getDIDsInfo, setSMS, getSubAccounts, getServersInfo, getBalance, getIP
    case getPhonebook, addPhonebook, setPhonebook, delPhonebook
}
