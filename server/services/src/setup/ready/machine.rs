//! Of the look at an office: what lies with whoever keeps the machine, and who has not signed in yet. Advice only: a complaint is closed without.
//! Not here: the health of the machine (`minsheng doctor`).
//! What leaves no other trace is a mark.

use shared::setup::{Mark, Mender, ReadyCode, ReadyItem, ReadyState};
use store::audit::AuditQuery;

use super::{ACCOUNTS, Look, STEPS};
use crate::fault::Failure;

impl Look<'_> {
    pub(super) async fn machine(&self) -> Result<Vec<ReadyItem>, Failure> {
        Ok(vec![
            self.gateway(),
            self.address(),
            self.marked(ReadyCode::Keys, Mark::Keys, false),
            self.marked(ReadyCode::Backup, Mark::Backup, self.has_backup().await?),
            self.signed_in(),
        ])
    }

    fn note(&self, mark: Mark) -> Option<&str> {
        let found = self.marks.iter().find(|it| it.mark == mark)?;
        Some(found.note.as_deref().unwrap_or_default())
    }

    /// Notifications reach nobody without a gateway, unless somebody decided that it shall be so.
    fn gateway(&self) -> ReadyItem {
        let item = ReadyItem::there(ReadyCode::Gateway, Mender::SystemAdmin).at(STEPS);
        match self.note(Mark::Gateway) {
            _ if self.ctx.services.gateways().sms.is_some() => item,
            Some(note) => item.fact("note", note),
            None => item.state(ReadyState::Advice),
        }
    }

    fn address(&self) -> ReadyItem {
        let address = &self.ctx.services.config().public_url;
        let item = ReadyItem::there(ReadyCode::Address, Mender::Owner).fact("address", address);
        let host = address.split("://").nth(1).unwrap_or(address);
        let is_near = ["127.", "localhost", "0.0.0.0", "[::"]
            .iter()
            .any(|near| host.starts_with(near));
        if is_near {
            item.state(ReadyState::Advice)
        } else {
            item
        }
    }

    fn marked(&self, code: ReadyCode, mark: Mark, is_there: bool) -> ReadyItem {
        let item = ReadyItem::there(code, Mender::SystemAdmin).at(STEPS);
        match self.note(mark) {
            Some(note) => item.fact("note", note),
            None if is_there => item,
            None => item.state(ReadyState::Advice),
        }
    }

    /// Whether a backup was ever made: it stands in the audit.
    async fn has_backup(&self) -> Result<bool, Failure> {
        let query = AuditQuery {
            action: Some("backup.make".to_owned()),
            limit: 1,
            ..AuditQuery::default()
        };
        let db = self.ctx.services.store().reader();
        Ok(!store::audit::list(&db, &query).await?.items.is_empty())
    }

    fn signed_in(&self) -> ReadyItem {
        let count = self.holders.iter().filter(|holder| holder.waits).count();
        let item = ReadyItem::there(ReadyCode::SignedIn, Mender::SystemAdmin)
            .at(ACCOUNTS)
            .fact("count", count);
        if count > 0 {
            item.state(ReadyState::Advice)
        } else {
            item
        }
    }
}
