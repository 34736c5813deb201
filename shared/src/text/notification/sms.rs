//! Text messages (短信) to citizens and applicants, in both languages. Written to the outbox in the verb's transaction (I9).
//! A message never carries what a confidential ticket or a tip-off says, nor the unit that handles it (`domain.md` 1, 3.2).
//! Not here: who gets one and when (the verbs), delivery (`services::jobs`).

use super::super::Locale;
use crate::calendar::Instant;
use crate::notification::About as Told;
use crate::ticket::{DeclineReason, TicketNo};

/// The language of messages: a citizen's own is not known, and the telephones are here.
pub const LANGUAGE: Locale = Locale::Zh;
/// Longest excerpt of a reply inside a message, in characters.
const EXCERPT: usize = 200;

/// What a message to a citizen says.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// What it tells, as a code.
    pub fn about(&self) -> Told {
        match self {
            Self::Accepted { .. } => Told::Accepted,
            Self::Dispatched { .. } => Told::Dispatched,
            Self::Replied { .. } => Told::Replied,
            Self::Answered { .. } => Told::Answered,
            Self::Extended { .. } => Told::Extended,
            Self::Redone { .. } => Told::Redone,
            Self::Declined { .. } => Told::Declined,
            Self::Withdrawn => Told::Withdrawn,
        }
    }

    /// The message as it is sent, with the signature that operators demand in front.
    pub fn text(&self, about: About<'_>, locale: Locale) -> String {
        match locale {
            Locale::Zh => format!("【12345民声】{}", self.zh(about)),
            Locale::En => format!("[12345 Minsheng] {}", self.en(about)),
        }
    }

    fn zh(&self, about: About<'_>) -> String {
        let About {
            no,
            discreet,
            public_url,
        } = about;
        match self {
            Self::Accepted { code } => format!(
                "您的诉求已受理，工单编号{no}，查询码{code}。进度查询：{public_url}/track 。查询码请勿告知他人。"
            ),
            Self::Dispatched { unit, due } => {
                let unit = if discreet { "承办单位" } else { unit };
                match due.map(|due| day(due, Locale::Zh)) {
                    Some(day) => format!("工单{no}已转{unit}办理，预计{day}前答复您。"),
                    None => format!("工单{no}已转{unit}办理，办理结果将及时答复您。"),
                }
            }
            Self::Replied { reply } if !discreet => {
                let reply = excerpt(reply);
                format!("工单{no}已有答复：{reply} 请凭查询码查看全文并评价：{public_url}/track")
            }
            Self::Replied { .. } => {
                format!("工单{no}已有答复，请凭查询码查看并评价：{public_url}/track")
            }
            Self::Answered { answer } if !discreet => {
                let answer = excerpt(answer);
                format!("工单{no}已答复：{answer} 请凭查询码评价：{public_url}/track")
            }
            Self::Answered { .. } => {
                format!("工单{no}已答复，请凭查询码查看并评价：{public_url}/track")
            }
            Self::Extended { due } => {
                let day = day(*due, Locale::Zh);
                format!("工单{no}情况较复杂，经批准延长办理时间，预计{day}前答复您。")
            }
            Self::Redone { due } => match due.map(|due| day(due, Locale::Zh)) {
                Some(day) => format!("工单{no}已交原承办单位重新办理，预计{day}前答复您。"),
                None => format!("工单{no}已交原承办单位重新办理。"),
            },
            Self::Declined {
                reason,
                explanation,
            } if !discreet => {
                let (reason, why) = (reason.label(Locale::Zh), excerpt(explanation));
                format!("工单{no}不予受理。原因：{reason}。{why}")
            }
            Self::Declined { .. } => {
                format!("工单{no}不予受理，原因请凭查询码查看：{public_url}/track")
            }
            Self::Withdrawn => format!("工单{no}已按您的要求撤回。"),
        }
    }

    fn en(&self, about: About<'_>) -> String {
        let About {
            no,
            discreet,
            public_url,
        } = about;
        match self {
            Self::Accepted { code } => format!(
                "Your request was accepted: ticket {no}, query code {code}. Follow it at {public_url}/track and keep the code to yourself."
            ),
            Self::Dispatched { unit, due } => {
                let unit = if discreet { "the unit in charge" } else { unit };
                match due.map(|due| day(due, Locale::En)) {
                    Some(day) => format!("Ticket {no} went to {unit}; you get an answer by {day}."),
                    None => {
                        format!("Ticket {no} went to {unit}; you get an answer when it is done.")
                    }
                }
            }
            Self::Replied { reply } if !discreet => {
                let reply = excerpt(reply);
                format!(
                    "Ticket {no} has a reply: {reply} Read all of it and rate it with your query code: {public_url}/track"
                )
            }
            Self::Replied { .. } => format!(
                "Ticket {no} has a reply; read and rate it with your query code: {public_url}/track"
            ),
            Self::Answered { answer } if !discreet => {
                let answer = excerpt(answer);
                format!(
                    "Ticket {no} was answered: {answer} Rate it with your query code: {public_url}/track"
                )
            }
            Self::Answered { .. } => format!(
                "Ticket {no} was answered; read and rate it with your query code: {public_url}/track"
            ),
            Self::Extended { due } => {
                let day = day(*due, Locale::En);
                format!(
                    "Ticket {no} needs more time, which was granted; you get an answer by {day}."
                )
            }
            Self::Redone { due } => match due.map(|due| day(due, Locale::En)) {
                Some(day) => format!(
                    "Ticket {no} is handled again by the same unit; you get an answer by {day}."
                ),
                None => format!("Ticket {no} is handled again by the same unit."),
            },
            Self::Declined {
                reason,
                explanation,
            } if !discreet => {
                let (reason, why) = (reason.label(Locale::En), excerpt(explanation));
                format!("Ticket {no} was declined. Reason: {reason}. {why}")
            }
            Self::Declined { .. } => format!(
                "Ticket {no} was declined; read why with your query code: {public_url}/track"
            ),
            Self::Withdrawn => format!("Ticket {no} was withdrawn as you asked."),
        }
    }
}

/// The subject of a mail. It says no more than a locked telephone may show.
pub fn subject(about: Option<Told>, locale: Locale) -> String {
    let what = about.map(|about| about.label(locale));
    match (locale, what) {
        (Locale::Zh, Some(what)) => format!("【12345民声】{what}"),
        (Locale::Zh, None) => "【12345民声】".to_owned(),
        (Locale::En, Some(what)) => format!("[12345 Minsheng] {what}"),
        (Locale::En, None) => "[12345 Minsheng]".to_owned(),
    }
}

/// What an applicant is told of an approval that has come to its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome<'a> {
    /// The approval's title.
    pub title: &'a str,
    /// Its number.
    pub no: &'a str,
    /// The number of the licence, where one was given.
    pub licence: Option<&'a str>,
}

impl Outcome<'_> {
    /// The message as it is sent.
    pub fn text(&self, locale: Locale) -> String {
        let Self { title, no, licence } = self;
        match (locale, licence) {
            (Locale::Zh, Some(licence)) => {
                format!("您申请的“{title}”（{no}）已办结，许可编号 {licence}。")
            }
            (Locale::Zh, None) => format!("您申请的“{title}”（{no}）已办结。"),
            (Locale::En, Some(licence)) => {
                format!("Your application “{title}” ({no}) is done; the licence is {licence}.")
            }
            (Locale::En, None) => format!("Your application “{title}” ({no}) is done."),
        }
    }
}

fn day(at: Instant, locale: Locale) -> String {
    let form = match locale {
        Locale::Zh => "%-m月%-d日",
        Locale::En => "%-d %B",
    };
    at.local().format(form).to_string()
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

    fn said(notice: Notice<'_>, discreet: bool, locale: Locale) -> String {
        let no = no();
        let about = About {
            no: &no,
            discreet,
            public_url: "https://12345.example",
        };
        notice.text(about, locale)
    }

    const BOTH: [Locale; 2] = [Locale::Zh, Locale::En];

    /// A notice of every sort, with what of it must be said.
    fn all() -> Vec<(Notice<'static>, Vec<&'static str>)> {
        // 1 March 2026, 12:00 in Beijing.
        let due = Some(Instant(1_772_337_600_000));
        let link = "https://12345.example/track";
        vec![
            (Notice::Accepted { code: "7KQ2" }, vec!["7KQ2", link]),
            (
                Notice::Dispatched {
                    unit: "Q9",
                    due: None,
                },
                vec!["Q9"],
            ),
            (Notice::Dispatched { unit: "Q9", due }, vec!["Q9", "1"]),
            (Notice::Replied { reply: "Q9" }, vec!["Q9", link]),
            (Notice::Answered { answer: "Q9" }, vec!["Q9", link]),
            (Notice::Redone { due: None }, vec![]),
            (Notice::Redone { due }, vec!["1"]),
            (
                Notice::Declined {
                    reason: DeclineReason::Litigation,
                    explanation: "Q9",
                },
                vec!["Q9"],
            ),
            (Notice::Withdrawn, vec![]),
        ]
    }

    #[test]
    fn every_message_says_all_it_knows_in_both_languages() {
        for (notice, parts) in all() {
            let (zh, en) = (
                said(notice, false, Locale::Zh),
                said(notice, false, Locale::En),
            );
            assert!(zh.starts_with("【12345民声】"), "{zh}");
            assert!(en.starts_with("[12345 Minsheng] ") && en.is_ascii(), "{en}");
            for text in [&zh, &en] {
                assert!(text.contains(no().as_str()), "{text}");
                assert!(!text.contains(['{', '}']), "{text}");
                for part in &parts {
                    assert!(text.contains(part), "{text}: {part}");
                }
            }
        }
        let reason = Notice::Declined {
            reason: DeclineReason::Litigation,
            explanation: "",
        };
        for locale in BOTH {
            let label = DeclineReason::Litigation.label(locale);
            assert!(said(reason, false, locale).contains(label));
        }
        assert!(
            said(
                Notice::Redone {
                    due: all()[2].0.due()
                },
                false,
                Locale::Zh
            )
            .contains("3月1日")
        );
        assert!(
            said(
                Notice::Redone {
                    due: all()[2].0.due()
                },
                false,
                Locale::En
            )
            .contains("1 March")
        );
    }

    impl Notice<'_> {
        fn due(&self) -> Option<Instant> {
            match self {
                Self::Dispatched { due, .. } | Self::Redone { due } => *due,
                _ => None,
            }
        }
    }

    #[test]
    fn an_applicant_reads_title_number_and_licence() {
        for locale in BOTH {
            for licence in [None, Some("L-7")] {
                let outcome = Outcome {
                    title: "Q9",
                    no: "N-3",
                    licence,
                };
                let text = outcome.text(locale);
                assert!(text.contains("Q9") && text.contains("N-3"), "{text}");
                assert_eq!(text.contains("L-7"), licence.is_some(), "{text}");
            }
        }
    }

    #[test]
    fn confidential_messages_tell_neither_content_nor_unit() {
        for (notice, _) in all() {
            for locale in BOTH {
                let text = said(notice, true, locale);
                assert!(!text.contains("Q9"), "{text}");
                let reason = DeclineReason::Litigation.label(locale);
                assert!(!text.contains(reason), "the reason is content too: {text}");
            }
        }
    }

    #[test]
    fn long_replies_are_cut() {
        let long = "答".repeat(500);
        let text = said(Notice::Replied { reply: &long }, false, Locale::Zh);
        assert!(text.chars().count() < 320, "{}", text.chars().count());
    }
}
