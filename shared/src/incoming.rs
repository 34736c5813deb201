//! Messages that come in (来信): text messages and mails from citizens, kept until each is a fact on a ticket, a request of its own, an answer to a
//! questionnaire, or dismissed with a reason.
//! Not here: messages that go out (`notification`), where one belongs and who is told that it came in (services).

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::command;
use crate::command::{Together, Words};
use crate::file::FileView;
use crate::ids::{IncomingId, TicketId};
use crate::ticket::rules::length;
use crate::ticket::{Channel, TicketNo};

/// Characters of a text that are kept; what is longer is cut, and that is told.
pub const LONGEST: usize = 20_000;
/// Characters of a text that a line of the history has.
pub const IN_HISTORY: usize = 1_000;
/// Characters of the provider's number of a message at most.
pub const LONGEST_NO: usize = 200;
/// Files of a mail that are kept at most; a case's own bounds hold as well.
pub const MOST_FILES: usize = 20;
/// Files that are not kept and told of by name; of more there is but the number.
pub const MOST_REFUSED: usize = 20;
/// Messages of one sender in an hour; more are set aside.
pub const PER_HOUR: i64 = 10;
/// Messages of one sender in a day; more are set aside.
pub const PER_DAY: i64 = 30;

codes! {
    /// The way by which a message came.
    IncomingWay {
        Sms = "sms", "sms", "短信", "Text message";
        Mail = "mail", "mail", "邮件", "Mail";
    }
}

codes! {
    /// How a message stands.
    IncomingState {
        New = "N", "new", "待处理", "To do";
        Quarantined = "Q", "quarantined", "已隔离", "Set aside";
        Linked = "L", "linked", "已关联工单", "Linked to a ticket";
        Registered = "R", "registered", "已登记", "Registered";
        Answered = "A", "answered", "短信评价", "Answered a questionnaire";
        Dismissed = "D", "dismissed", "不处理", "Dismissed";
    }
}

codes! {
    /// Why a message was set aside.
    Suspicion {
        Automatic = "automatic", "automatic", "自动回复或群发", "Sent by a machine";
        Own = "own", "own", "本系统自己的地址", "Our own address";
        Blocked = "blocked", "blocked", "该号码发过垃圾信息", "Sent spam before";
        TooMany = "too_many", "too_many", "短时间内过多", "Too many at once";
    }
}

codes! {
    /// Why a message is dismissed.
    DismissReason {
        Spam = "spam", "spam", "垃圾信息", "Spam";
        NoMatter = "no_matter", "no_matter", "没有具体诉求", "No request in it";
        Known = "known", "known", "与已有诉求重复", "Known already";
        Automatic = "automatic", "automatic", "自动回复", "Sent by a machine";
        Other = "other", "other", "其他", "Another reason";
    }
}

codes! {
    /// Why a file that hung on a mail is not kept.
    FileRefusal {
        Kind = "kind", "kind", "类型不收，或内容与后缀不符", "Of a kind that is not taken, or not what its name says";
        Large = "large", "large", "超过大小上限", "Larger than is taken";
        Picture = "picture", "picture", "图片无法读取", "A picture that cannot be read";
        Many = "many", "many", "附件过多或总量过大", "More files, or more in all, than a message may have";
    }
}

/// A file that hung on a mail and is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedFile {
    /// The name that it came with.
    pub name: String,
    /// Why.
    pub why: FileRefusal,
}

impl IncomingState {
    /// Whether it waits for somebody.
    pub const fn waits(self) -> bool {
        matches!(self, Self::New | Self::Quarantined)
    }
}

impl IncomingWay {
    /// The channel of a request that came so.
    pub const fn channel(self) -> Channel {
        match self {
            Self::Sms => Channel::Sms,
            Self::Mail => Channel::Mail,
        }
    }
}

command! {
    /// Link a message to a ticket
    ///
    /// It becomes a line of the ticket's history, and whoever works on the ticket is told.
    LinkIncoming {
        /// The ticket's number.
        ticket_no: TicketNo,
    }
}

impl Together for LinkIncoming {}

command! {
    /// Dismiss a message
    ///
    /// Nothing comes of it. What the sender of spam sends later is set aside by itself for 30 days.
    DismissIncoming {
        /// Why.
        reason: DismissReason,
        /// More about that; at most 500 characters.
        words: Option<Words<1, { length::REASON }>>,
    }
}

impl Together for DismissIncoming {}

/// A text message as a gateway hands it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncomingSms {
    /// The gateway's own number of it: a second message with it changes nothing.
    pub no: String,
    /// The number that it came from.
    pub from: String,
    /// The number that it was sent to, with its extension.
    #[serde(default)]
    pub to: String,
    /// What it says.
    pub text: String,
    /// When the gateway got it; now where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub at: Option<Instant>,
}

/// What became of the text messages of one request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncomingTaken {
    /// How many are kept.
    pub taken: u64,
    /// Numbers of those that are none: without a number, a sender or a text.
    pub refused: Vec<String>,
}

/// A message in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncomingRow {
    /// Its id.
    pub id: IncomingId,
    /// The number that its sender was told.
    #[serde(default)]
    pub receipt_no: String,
    /// The way by which it came.
    pub way: IncomingWay,
    /// Masked number or address.
    pub from: String,
    /// Subject of a mail that waits.
    pub subject: String,
    /// The text of one that waits; what became of another stands on its ticket.
    pub text: String,
    /// Whether the text was longer than is kept.
    pub is_cut: bool,
    /// Files of one that waits, with how it stands with each; those of another went with it.
    #[serde(default)]
    pub attached: Vec<FileView>,
    /// Files that hung on it and are not kept, with why.
    #[serde(default)]
    pub refused: Vec<RefusedFile>,
    /// More files that are not kept.
    pub files: u32,
    /// When it came.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub received_at: Instant,
    /// How it stands.
    pub state: IncomingState,
    /// Why it was set aside.
    pub why: Option<Suspicion>,
    /// The ticket that it belongs to or became.
    pub ticket: Option<TicketId>,
    /// Its number; of one that waits the number that stands in its text.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ticket_no: Option<TicketNo>,
    /// When it was seen to.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub settled_at: Option<Instant>,
    /// Who saw to it; nobody where it found its ticket by itself.
    pub settled_by: Option<String>,
    /// Why it was dismissed.
    pub reason: Option<DismissReason>,
    /// What was said to that.
    pub words: Option<String>,
}

/// A page of messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncomingPage {
    /// Those that wait as they came, others the latest first.
    pub items: Vec<IncomingRow>,
    /// The next page.
    pub next_cursor: Option<String>,
    /// How many wait to be seen to.
    pub new: i64,
    /// How many were set aside.
    pub quarantined: i64,
}

/// A message that waits, with its sender, for whoever registers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncomingView {
    /// Its id.
    pub id: IncomingId,
    /// The way by which it came.
    pub way: IncomingWay,
    /// Number or address.
    pub from: String,
    /// Subject of a mail.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Its files, which go to the ticket that it becomes.
    #[serde(default)]
    pub attached: Vec<FileView>,
    /// When it came.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub received_at: Instant,
}

/// The number of a message that its sender is told: the day on which it was kept, and the end of its id.
pub fn receipt_no(id: IncomingId, kept_at: Instant) -> String {
    let id = id.0.simple().to_string().to_uppercase();
    let end = id.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
    let day = kept_at.date().format("%Y%m%d");
    format!("{day}-{}", id.get(end..).unwrap_or_default())
}

/// The number of a ticket that stands in a text: 22 digits with nothing but blanks and dashes between.
pub fn ticket_no_in(text: &str) -> Option<TicketNo> {
    let apart = |c: char| !(c.is_numeric() || c == '-' || c == ' ');
    text.split(apart).find_map(|part| {
        let whole = TicketNo::parse(part);
        whole.or_else(|| part.split(' ').find_map(TicketNo::parse))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_has_day_and_end_of_the_id() {
        let id = IncomingId(uuid::Uuid::from_u128(0xABCD_1234));
        // 1 March 2026, 12:00 in Beijing.
        let no = receipt_no(id, Instant(1_772_337_600_000));
        assert_eq!(no, "20260301-ABCD1234");
    }

    #[test]
    fn a_number_is_found_in_a_text() {
        let no = "3201002026030201000001";
        for text in [
            "3201002026030201000001",
            "工单3201002026030201000001，路灯又坏了",
            "Re: 320100 20260302 01 000001 路灯",
            "电话 025-83331234 工单号：3201002026030201000001 请回复",
        ] {
            let found = ticket_no_in(text);
            assert_eq!(found.as_ref().map(TicketNo::as_str), Some(no), "{text}");
        }
        for text in ["", "路灯坏了", "13800138000", "33201002026030201000001"] {
            assert_eq!(ticket_no_in(text), None, "{text}");
        }
    }
}
