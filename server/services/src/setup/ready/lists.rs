//! Of the look at an office: categories, limits for each of them, hours, calendar, the tickets' process, duties.
//! Not here: units and people (`posts`).
//! Limits are chosen as a ticket would choose them, for every stage, kind and urgency.

use chrono::Datelike as _;
use shared::calendar::Instant;
use shared::process::limit::{self, LimitQuery, LimitRule, Stage};
use shared::setup::{Mender, ReadyCode, ReadyItem, ReadyState};
use shared::ticket::{Channel, RequestKind, Urgency};

use super::Look;
use crate::process::choice::Asking;

/// From this month on the notice of the coming year is out, or soon is.
const NOTICE_MONTH: u32 = 11;

fn item(code: ReadyCode, list: &str) -> ReadyItem {
    ReadyItem::there(code, Mender::BusinessAdmin).at(&format!("/office/lists/{list}/base"))
}

impl Look<'_> {
    pub(super) fn lists(&self) -> Vec<ReadyItem> {
        vec![
            self.categories(),
            self.limits(),
            self.hours(),
            self.calendar(),
            self.process(),
            self.duties(),
        ]
    }

    /// Codes of the categories that a ticket can carry.
    fn leaves(&self) -> Vec<&str> {
        let all = self.reference.categories.keys().map(String::as_str);
        let mut leaves: Vec<&str> = all
            .filter(|code| self.reference.is_leaf_category(code))
            .collect();
        leaves.sort_unstable();
        leaves
    }

    fn categories(&self) -> ReadyItem {
        let count = self.leaves().len();
        let item = item(ReadyCode::Categories, "categories").fact("count", count);
        if count == 0 {
            item.state(ReadyState::Missing)
        } else {
            item
        }
    }

    fn region(&self) -> String {
        self.reference.root_region()
    }

    fn limits(&self) -> ReadyItem {
        let now = self.ctx.now();
        let holds = |rule: &&LimitRule| rule.valid_until.is_none_or(|until| until > now.0);
        let rules = self.reference.limits.iter().filter(holds).count();
        let found = item(ReadyCode::Limits, "limits").fact("count", rules);
        let lacking: Vec<(Stage, &str)> = Stage::ALL
            .iter()
            .filter(|stage| stage.is_needed() && !self.has_general(**stage, now))
            .flat_map(|stage| self.lacking(*stage, now))
            .collect();
        match lacking.first() {
            None => found,
            Some((stage, category)) => item(ReadyCode::Limits, "limits")
                .state(ReadyState::Missing)
                .fact("stage", stage)
                .fact("category", category)
                .fact("count", lacking.len()),
        }
    }

    /// Whether a row holds for whatever a ticket is, so that nothing needs to be tried.
    fn has_general(&self, stage: Stage, now: Instant) -> bool {
        self.reference.limits.iter().any(|rule| {
            rule.stage == stage
                && rule.channel.is_none()
                && rule.kind.is_none()
                && rule.category.is_none()
                && rule.urgency.is_none()
                && rule.region.is_none()
                && rule.valid_from <= now.0
                && rule.valid_until.is_none_or(|until| until > now.0)
        })
    }

    /// What has no limit at a stage: each combination by its category.
    fn lacking(&self, stage: Stage, now: Instant) -> Vec<(Stage, &str)> {
        let region = self.region();
        let mut lacking = Vec::new();
        for category in self.leaves() {
            for kind in RequestKind::ALL {
                for urgency in Urgency::ALL {
                    let query = LimitQuery {
                        stage,
                        channel: Channel::Phone,
                        kind: *kind,
                        category: Some(category),
                        urgency: *urgency,
                        region: &region,
                        accepted: now,
                        at: now,
                    };
                    if limit::choose(&self.reference.limits, &query).is_none() {
                        lacking.push((stage, category));
                    }
                }
            }
        }
        lacking
    }

    fn hours(&self) -> ReadyItem {
        let pairs = self.reference.calendar.periods().pairs();
        let shown = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let periods: Vec<String> = pairs
            .iter()
            .map(|(from, to)| format!("{}–{}", shown(*from), shown(*to)))
            .collect();
        let item = item(ReadyCode::Hours, "hours").fact("periods", periods.join(", "));
        if periods.is_empty() {
            item.state(ReadyState::Missing)
        } else {
            item
        }
    }

    fn calendar(&self) -> ReadyItem {
        let today = self.ctx.now().date();
        let knows = |year: i32| self.reference.calendar.knows(year);
        let item = item(ReadyCode::Calendar, "calendar").fact("year", today.year());
        if !knows(today.year()) {
            item.state(ReadyState::Missing)
        } else if today.month() >= NOTICE_MONTH && !knows(today.year() + 1) {
            item.state(ReadyState::Advice)
                .fact("year", today.year() + 1)
        } else {
            item
        }
    }

    fn process(&self) -> ReadyItem {
        let region = self.region();
        let version = |kind: &RequestKind| {
            let asking = Asking {
                place: &region,
                kind: *kind,
                at: self.ctx.now(),
            };
            let found = self.reference.process.in_force(&asking).ok();
            found.map(|(version, _)| version.to_string())
        };
        let mut versions: Vec<Option<String>> = RequestKind::ALL.iter().map(version).collect();
        versions.sort();
        versions.dedup();
        let item = ReadyItem::there(ReadyCode::Process, Mender::ProcessOwner)
            .at(&format!("/processes/{}", crate::process::TICKET_MAIN));
        if versions.iter().any(Option::is_none) {
            return item.state(ReadyState::Missing);
        }
        let shown: Vec<String> = versions.into_iter().flatten().collect();
        item.fact("version", shown.join(", "))
    }

    fn duties(&self) -> ReadyItem {
        let item = item(ReadyCode::Duties, "duties").fact("count", self.duties);
        if self.duties == 0 {
            item.state(ReadyState::Advice)
        } else {
            item
        }
    }
}
