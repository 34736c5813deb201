//! Text messages (短信) to citizens and applicants, in both languages. Written to the outbox in the verb's transaction (I9).
//! A message never carries what a confidential ticket or a tip-off says, nor the unit that handles it (`domain.md` 1, 3.2).
//! Not here: their wording (`template`), who gets one and when (the verbs), delivery (`services::jobs`).

use std::borrow::Cow;

use super::super::Locale;
use super::template::{MessageCode, Wordings};
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
    /// It waits until a day.
    Suspended { until: Instant },
    /// What is promised, and by which day.
    Promised { until: Instant, words: &'a str },
    /// It was ended before it was done.
    Terminated {
        reason: DeclineReason,
        explanation: &'a str,
    },
    /// It was handed over to another body.
    Transferred { body: &'a str, words: &'a str },
    /// It is not opened again.
    SameMatter { words: &'a str },
    /// What a unit writes in its own words.
    Relayed { unit: &'a str, words: &'a str },
    /// How it was, by an address that is good once and until a day.
    Questionnaire { address: &'a str, until: Instant },
    /// It is handled together with others about the same event.
    Merged,
    /// It is handled by itself again.
    Split,
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
    /// How the office words it.
    pub wordings: Wordings<'a>,
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
            Self::Suspended { .. } => Told::Suspended,
            Self::Promised { .. } => Told::Promised,
            Self::Terminated { .. } => Told::Terminated,
            Self::Transferred { .. } => Told::Transferred,
            Self::SameMatter { .. } => Told::SameMatter,
            Self::Relayed { .. } => Told::Relayed,
            Self::Questionnaire { .. } => Told::Questionnaire,
            Self::Merged => Told::Merged,
            Self::Split => Told::Split,
            Self::Withdrawn => Told::Withdrawn,
        }
    }

    /// Which message it is: discreet tickets have their own, which offer neither content nor unit.
    pub fn message(&self, discreet: bool) -> MessageCode {
        use MessageCode as M;
        match (self, discreet) {
            (Self::Accepted { .. }, _) => M::Accepted,
            (Self::Dispatched { due: Some(_), .. }, false) => M::Dispatched,
            (Self::Dispatched { due: None, .. }, false) => M::DispatchedUndated,
            (Self::Dispatched { due: Some(_), .. }, true) => M::DispatchedDiscreet,
            (Self::Dispatched { due: None, .. }, true) => M::DispatchedDiscreetUndated,
            (Self::Replied { .. }, false) => M::Replied,
            (Self::Replied { .. }, true) => M::RepliedDiscreet,
            (Self::Answered { .. }, false) => M::Answered,
            (Self::Answered { .. }, true) => M::AnsweredDiscreet,
            (Self::Extended { .. }, _) => M::Extended,
            (Self::Redone { due: Some(_) }, _) => M::Redone,
            (Self::Redone { due: None }, _) => M::RedoneUndated,
            (Self::Declined { .. }, false) => M::Declined,
            (Self::Declined { .. }, true) => M::DeclinedDiscreet,
            (Self::Suspended { .. }, _) => M::Suspended,
            (Self::Promised { .. }, false) => M::Promised,
            (Self::Promised { .. }, true) => M::PromisedDiscreet,
            (Self::Terminated { .. }, false) => M::Terminated,
            (Self::Terminated { .. }, true) => M::TerminatedDiscreet,
            (Self::Transferred { .. }, false) => M::Transferred,
            (Self::Transferred { .. }, true) => M::TransferredDiscreet,
            (Self::SameMatter { .. }, false) => M::SameMatter,
            (Self::SameMatter { .. }, true) => M::SameMatterDiscreet,
            (Self::Relayed { .. }, _) => M::Relayed,
            (Self::Questionnaire { .. }, _) => M::Questionnaire,
            (Self::Merged, _) => M::Merged,
            (Self::Split, _) => M::Split,
            (Self::Withdrawn, _) => M::Withdrawn,
        }
    }

    /// The message as it is sent, worded as the office does, with the signature that operators demand in front.
    pub fn text(&self, about: About<'_>, locale: Locale) -> String {
        let code = self.message(about.discreet);
        let mut values = self.values(locale);
        values.push(("no", Cow::Borrowed(about.no.as_str())));
        values.push(("link", Cow::Owned(format!("{}/track", about.public_url))));
        // What the message does not offer is not even there to be named.
        values.retain(|(name, _)| code.offers().contains(name));
        about.wordings.message(code, &values, locale)
    }

    /// What it knows beside number and address.
    fn values(&self, locale: Locale) -> Vec<(&'static str, Cow<'_, str>)> {
        let at = |due: &Instant| ("day", Cow::Owned(day(*due, locale)));
        match self {
            Self::Accepted { code } => vec![("code", Cow::Borrowed(*code))],
            Self::Dispatched { unit, due } => {
                let unit = ("unit", Cow::Borrowed(*unit));
                due.iter().map(at).chain([unit]).collect()
            }
            Self::Replied { reply } => vec![("reply", Cow::Owned(excerpt(reply)))],
            Self::Answered { answer } => vec![("answer", Cow::Owned(excerpt(answer)))],
            Self::Extended { due } => vec![at(due)],
            Self::Suspended { until } => vec![at(until)],
            Self::Promised { until, words } => {
                vec![at(until), ("words", Cow::Owned(excerpt(words)))]
            }
            Self::SameMatter { words } => vec![("words", Cow::Owned(excerpt(words)))],
            Self::Transferred { body, words } => vec![
                ("unit", Cow::Borrowed(*body)),
                ("words", Cow::Owned(excerpt(words))),
            ],
            Self::Relayed { unit, words } => vec![
                ("unit", Cow::Borrowed(*unit)),
                ("words", Cow::Owned(excerpt(words))),
            ],
            Self::Redone { due } => due.iter().map(at).collect(),
            Self::Declined {
                reason,
                explanation,
            }
            | Self::Terminated {
                reason,
                explanation,
            } => vec![
                ("reason", Cow::Borrowed(reason.label(locale))),
                ("explanation", Cow::Owned(excerpt(explanation))),
            ],
            Self::Questionnaire { address, until } => {
                vec![at(until), ("address", Cow::Borrowed(*address))]
            }
            Self::Merged | Self::Split | Self::Withdrawn => Vec::new(),
        }
    }
}

/// The subject of a mail. It says no more than a locked telephone may show.
pub fn subject(about: Option<Told>, wordings: Wordings<'_>, locale: Locale) -> String {
    let what = about.map_or("", |about| about.label(locale));
    let signature = wordings.signature(locale);
    match locale {
        Locale::Zh => format!("【{signature}】{what}"),
        Locale::En => format!("[{signature}] {what}").trim_end().to_owned(),
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
    /// The message as it is sent, worded as the office does.
    pub fn text(&self, wordings: Wordings<'_>, locale: Locale) -> String {
        let code = match self.licence {
            Some(_) => MessageCode::OutcomeLicence,
            None => MessageCode::Outcome,
        };
        let values = [
            ("title", Cow::Borrowed(self.title)),
            ("no", Cow::Borrowed(self.no)),
            ("licence", Cow::Borrowed(self.licence.unwrap_or_default())),
        ];
        wordings.message(code, &values, locale)
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
            wordings: Wordings::default(),
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
            (
                Notice::Questionnaire {
                    address: "https://12345.example/rate/9f",
                    until: Instant(1_772_337_600_000),
                },
                vec!["/rate/9f", "1"],
            ),
            (Notice::Redone { due: None }, vec![]),
            (Notice::Redone { due }, vec!["1"]),
            (
                Notice::Declined {
                    reason: DeclineReason::Litigation,
                    explanation: "Q9",
                },
                vec!["Q9"],
            ),
            (Notice::Merged, vec![link]),
            (Notice::Split, vec![link]),
            (
                Notice::Transferred {
                    body: "Q9",
                    words: "Q9",
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
                let text = outcome.text(Wordings::default(), locale);
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
