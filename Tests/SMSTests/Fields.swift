import SMS

/// What the vectors say about a TPDU, in one place for all six.
extension TPDU {
    var kind: String {
        switch self {
        case .deliver: "deliver"
        case .deliverReport: "deliverReport"
        case .submit: "submit"
        case .submitReport: "submitReport"
        case .statusReport: "statusReport"
        case .command: "command"
        }
    }

    var address: Address? {
        switch self {
        case .deliver(let deliver): deliver.originatingAddress
        case .submit(let submit): submit.destinationAddress
        case .statusReport(let report): report.recipientAddress
        case .command(let command): command.destinationAddress
        case .deliverReport, .submitReport: nil
        }
    }

    var timestamp: Timestamp? {
        switch self {
        case .deliver(let deliver): deliver.serviceCentreTimestamp
        case .statusReport(let report): report.serviceCentreTimestamp
        case .submitReport(let report): report.serviceCentreTimestamp
        case .submit, .command, .deliverReport: nil
        }
    }

    var userData: UserData? {
        switch self {
        case .deliver(let deliver): deliver.userData
        case .submit(let submit): submit.userData
        case .statusReport(let report): report.parameters.userData
        case .submitReport(let report): report.parameters.userData
        case .deliverReport(let report): report.parameters.userData
        case .command: nil
        }
    }

    var reference: UInt8? {
        switch self {
        case .submit(let submit): submit.messageReference
        case .statusReport(let report): report.messageReference
        case .command(let command): command.messageReference
        case .deliver, .deliverReport, .submitReport: nil
        }
    }

    var irregularities: Irregularities {
        switch self {
        case .deliver(let deliver): deliver.userData.irregularities
        case .submit(let submit): submit.userData.irregularities
        case .statusReport(let report): report.parameters.irregularities
        case .submitReport(let report): report.parameters.irregularities
        case .deliverReport(let report): report.parameters.irregularities
        case .command(let command): command.irregularities
        }
    }
}
