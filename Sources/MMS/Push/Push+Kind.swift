extension Push {
    /// What a push is about, as its content type tells. All but the first are for phones, not for people.
    public enum Kind: Hashable, Sendable {
        /// A PDU of MMS: a notification or a report.
        case multimediaMessage
        /// SI: a text with a link, often an advertisement.
        case serviceIndication
        /// SL: an address that a phone is to open by itself.
        case serviceLoading
        /// CO: something in the phone's cache is to be forgotten.
        case cacheOperation
        /// OTA settings: access points, mail accounts.
        case provisioning
        /// OMA DM and SyncML: a server wants to be called.
        case deviceManagement
        /// Rights to protected content.
        case rights
        /// Another type, named by `contentType`.
        case other
    }

    public var kind: Kind {
        switch contentType.mediaType {
        case Push.messageType: .multimediaMessage
        case "text/vnd.wap.si", "application/vnd.wap.sic": .serviceIndication
        case "text/vnd.wap.sl", "application/vnd.wap.slc": .serviceLoading
        case "text/vnd.wap.co", "application/vnd.wap.coc": .cacheOperation
        case "text/vnd.wap.connectivity-xml", "application/vnd.wap.connectivity-wbxml", "application/x-wap-prov.browser-settings",
            "application/x-wap-prov.browser-bookmarks": .provisioning
        case "application/vnd.syncml.notification", "application/vnd.syncml.ds.notification", "application/vnd.syncml.dm+wbxml",
            "application/vnd.syncml.dm+xml", "application/vnd.syncml.dm.notification": .deviceManagement
        case "application/vnd.oma.drm.rights+xml", "application/vnd.oma.drm.rights+wbxml": .rights
        default: .other
        }
    }
}
