//! Text messages to citizens. Written to the outbox in the verb's transaction, delivered by a job (I9).
//! A message never carries what a confidential ticket or a tip-off says, nor the unit that handles it (`domain.md` 1, 3.2).
//! Not here: words of pages (`shared::text`), delivery (`jobs`). Messages are Chinese: the citizen's language is not known.

use shared::calendar::Instant;
use shared::text::Locale;
use shared::ticket::{DeclineReason, TicketNo};

/// Longest excerpt of a reply inside a message, in characters.
const EXCERPT: usize = 200;

/// What a message says.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice<'a> {
    /// The request was accepted; the code is shown nowhere else again.
    Accepted { code: &'a str },
    /// A unit got it, with the day by which it answers.
    Dispatched { unit: &'a str, due: Option<Instant> },
    /// There is an answer and a rating is asked for.
    Replied { reply: &'a str },
    /// The centre answered at once.
    Answered { answer: &'a str },
    /// The unit was given more time.
    Extended { due: Instant },
    /// It is handled again.
    Redone { due: Option<Instant> },
    /// It was declined.
    Declined {
        reason: DeclineReason,
        explanation: &'a str,
    },
    /// It was withdrawn.
    Withdrawn,
}

/// Which ticket a message is about and whether its content must not be told.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The ticket's number.
    pub no: &'a TicketNo,
    /// Confidential or a tip-off: no content, no unit.
    pub discreet: bool,
    /// Address of the public pages, without a trailing slash.
    pub public_url: &'a str,
}

impl Notice<'_> {
    /// The message as it is sent.
    pub fn text(&self, about: About<'_>) -> String {
        let About {
            no,
            discreet,
            public_url,
        } = about;
        match self {
            Self::Accepted { code } => {
                format!(
                    "【12345民声】您的诉求已受理，工单编号{no}，查询码{code}。进度查询：{public_url}/track 。查询码请勿告知他人。"
                )
            }
            Self::Dispatched { unit, due } => {
                let unit = if discreet { "承办单位" } else { unit };
                match due {
                    Some(due) => format!(
                        "【12345民声】工单{no}已转{unit}办理，预计{}前答复您。",
                        day(*due)
                    ),
                    None => format!("【12345民声】工单{no}已转{unit}办理，办理结果将及时答复您。"),
                }
            }
            Self::Replied { reply } if !discreet => {
                format!(
                    "【12345民声】工单{no}已有答复：{} 请凭查询码查看全文并评价：{public_url}/track",
                    excerpt(reply)
                )
            }
            Self::Replied { .. } => {
                format!("【12345民声】工单{no}已有答复，请凭查询码查看并评价：{public_url}/track")
            }
            Self::Answered { answer } if !discreet => {
                format!(
                    "【12345民声】工单{no}已答复：{} 请凭查询码评价：{public_url}/track",
                    excerpt(answer)
                )
            }
            Self::Answered { .. } => {
                format!("【12345民声】工单{no}已答复，请凭查询码查看并评价：{public_url}/track")
            }
            Self::Redone { due } => match due {
                Some(due) => format!(
                    "【12345民声】工单{no}已交原承办单位重新办理，预计{}前答复您。",
                    day(*due)
                ),
                None => format!("【12345民声】工单{no}已交原承办单位重新办理。"),
            },
            Self::Extended { due } => format!(
                "【12345民声】工单{no}情况较复杂，经批准延长办理时间，预计{}前答复您。",
                day(*due)
            ),
            Self::Declined {
                reason,
                explanation,
            } if !discreet => {
                format!(
                    "【12345民声】工单{no}不予受理。原因：{}。{}",
                    reason.label(Locale::Zh),
                    excerpt(explanation)
                )
            }
            Self::Declined { .. } => {
                format!("【12345民声】工单{no}不予受理，原因请凭查询码查看：{public_url}/track")
            }
            Self::Withdrawn => format!("【12345民声】工单{no}已按您的要求撤回。"),
        }
    }
}

fn day(at: Instant) -> String {
    at.local().format("%-m月%-d日").to_string()
}

fn excerpt(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= EXCERPT {
        flat
    } else {
        flat.chars().take(EXCERPT).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no() -> TicketNo {
        TicketNo::parse("3201002026021401000123").expect("a valid number")
    }

    #[test]
    fn confidential_messages_tell_neither_content_nor_unit() {
        let no = no();
        let about = About {
            no: &no,
            discreet: true,
            public_url: "https://12345.example",
        };
        let told = [
            Notice::Replied {
                reply: "金丝雀一号",
            },
            Notice::Answered {
                answer: "金丝雀一号",
            },
            Notice::Dispatched {
                unit: "金丝雀一号",
                due: None,
            },
            Notice::Declined {
                reason: DeclineReason::Litigation,
                explanation: "金丝雀一号",
            },
        ];
        for notice in told {
            let text = notice.text(about);
            assert!(!text.contains("金丝雀"), "{text}");
            assert!(!text.contains("诉讼"), "the reason is content too: {text}");
        }
    }

    #[test]
    fn long_replies_are_cut() {
        let no = no();
        let long = "答".repeat(500);
        let text = Notice::Replied { reply: &long }.text(About {
            no: &no,
            discreet: false,
            public_url: "https://12345.example",
        });
        assert!(text.chars().count() < 320, "{}", text.chars().count());
    }
}
