extension MessageType {
    /// The standard's name in lower case, `m-send-req` for one; the number where none is assigned.
    public var name: String {
        let index = Int(rawValue) - 0x80
        return MessageType.names.indices.contains(index) ? MessageType.names[index] : "message type \(rawValue)"
    }

    private static let names = [
        "m-send-req", "m-send-conf", "m-notification-ind", "m-notifyresp-ind", "m-retrieve-conf", "m-acknowledge-ind",
        "m-delivery-ind", "m-read-rec-ind", "m-read-orig-ind", "m-forward-req", "m-forward-conf", "m-mbox-store-req",
        "m-mbox-store-conf", "m-mbox-view-req", "m-mbox-view-conf", "m-mbox-upload-req", "m-mbox-upload-conf",
        "m-mbox-delete-req", "m-mbox-delete-conf", "m-mbox-descr", "m-delete-req", "m-delete-conf", "m-cancel-req",
        "m-cancel-conf",
    ]
}
