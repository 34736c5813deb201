//! The replay of a draft of categories: what was accepted lately, sorted by the tree of now and by that of the draft.
//! A category that is gone is looked for under its name, then under what the place calls it, then above it; what its source calls it, under both.
//! Not here: asking for it, its file (`super`). Answers about a person are sealed with the citizen, and stay so.

use std::collections::HashMap;
use std::sync::Arc;

use shared::access::Area;
use shared::calendar::Instant;
use shared::category::Category;
use shared::job::JobKind;
use shared::process::limit::{self, Limit, LimitQuery, Stage};
use shared::register::{CategoryReplay, ListCode, NAMED, OwnField, Resort, Resorted, Sorted};
use shared::text::register::resort as words;
use shared::text::{Locale, time};
use store::jobs::Job;
use store::tickets::AcceptedMatter;

use super::{Asked, BATCH, Cursor, Line, drafted, over, write};
use crate::context::Services;
use crate::directory::responsible;
use crate::fault::Failure;
use crate::jobs::host::{Effect, Stepwise, json, on, parsed, results};
use crate::reference::Reference;
use crate::register::office;

/// The kind.
pub(crate) const RESORT: Stepwise = Stepwise {
    kind: JobKind::Resort,
    step: |services, job| Box::pin(step(services, job)),
};

/// The word under which a source's own name of a category waits.
const SAID: &str = "category";

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let folder = results::Folder::below(&services.config().data_dir);
    let mut cursor: Cursor<CategoryReplay> = Cursor::of(job, &folder)?;
    let mut trees = Trees::of(services, &asked).await?;
    let span = (Instant(asked.from), Instant(asked.until));
    let db = services.store().report_reader();
    let page = store::tickets::accepted_matters(&db, span, cursor.behind(&asked), BATCH).await?;
    let mut differs = Vec::new();
    for matter in &page {
        if let Some(one) = trees.sort(services, matter, &mut cursor.so_far).await? {
            differs.push(one);
        }
    }
    let room = NAMED.saturating_sub(cursor.so_far.first.len());
    let first = differs.iter().take(room).cloned();
    cursor.so_far.first.extend(first);
    let lines = differs.iter().map(|one| line(one, asked.locale)).collect();
    cursor.bytes = write(
        services,
        (job, &asked),
        &words::HEADS,
        (cursor.bytes, lines),
    )
    .await?;
    let done = cursor.so_far.tickets;
    let Some(last) = page.last() else {
        let report = json(&cursor.so_far)?;
        return over(services, job, &asked, (cursor.bytes, done, report)).await;
    };
    cursor.after = Some((last.accepted_at.0, last.ticket_id));
    on(done, &cursor)
}

fn line(one: &Resorted, locale: Locale) -> Line {
    let kinds: Vec<&str> = one.kinds.iter().map(|kind| kind.label(locale)).collect();
    let or_none = |text: Option<&String>| text.cloned().unwrap_or_default();
    let limit = |side: &Sorted| {
        let said = side.limit.map(Limit::from);
        said.map_or_else(String::new, |limit| time::limit(limit, locale))
    };
    let (was, would_be) = (&one.was, &one.would_be);
    let cells = vec![
        one.no.clone(),
        kinds.join("; "),
        or_none(was.category.as_ref()),
        or_none(was.name.as_ref()),
        or_none(would_be.category.as_ref()),
        or_none(would_be.name.as_ref()),
        limit(was),
        limit(would_be),
        or_none(was.unit.as_ref()),
        or_none(would_be.unit.as_ref()),
        one.questions.join(" "),
    ];
    (one.ticket, cells)
}

/// The tree of now and that of the draft.
struct Trees {
    area: String,
    reference: Arc<Reference>,
    draft: HashMap<String, Category>,
    at: Instant,
    /// Whose matter a category of a place is, as far as it was looked up.
    units: HashMap<(String, String), Option<String>>,
}

impl Trees {
    /// # Errors
    /// As `drafted`.
    async fn of(services: &Services, asked: &Asked) -> Result<Self, Failure> {
        let (part, draft) = drafted(services, ListCode::Categories, asked).await?;
        Ok(Self {
            area: asked.area.clone(),
            reference: services.reference().await?,
            draft: office::drafted_categories(services, (&part, &draft)).await?,
            at: Instant(asked.until),
            units: HashMap::new(),
        })
    }

    /// Sorts a ticket by both and counts; the ticket, when something differs.
    async fn sort(
        &mut self,
        services: &Services,
        matter: &AcceptedMatter,
        so_far: &mut CategoryReplay,
    ) -> Result<Option<Resorted>, Failure> {
        if !self.area.is_empty() && !Area::of(&self.area).covers(&matter.region) {
            return Ok(None);
        }
        let was = self.now(matter);
        let would_be = self.under_draft(matter, was.as_deref());
        let mut kinds = self.moved(was.as_deref(), would_be.as_deref());
        if kinds.is_empty() {
            so_far.count(&kinds);
            return Ok(None);
        }
        let was = self.side(services, matter, (was, false)).await?;
        let would_be = self.side(services, matter, (would_be, true)).await?;
        let handled = |side: &Sorted| self.limit(matter, Stage::Handle, side.category.as_deref());
        if was.limit != would_be.limit || handled(&was) != handled(&would_be) {
            kinds.push(Resort::Limit);
        }
        if was.unit != would_be.unit {
            kinds.push(Resort::Unit);
        }
        let categories = (was.category.as_deref(), would_be.category.as_deref());
        let questions = self.questions(matter, categories);
        if !questions.is_empty() {
            kinds.push(Resort::Questions);
        }
        so_far.count(&kinds);
        Ok(Some(Resorted {
            ticket: matter.ticket_id,
            no: matter.ticket_no.to_string(),
            kinds,
            was,
            would_be,
            questions,
        }))
    }

    /// The ticket's category, else what its source's words mean now.
    fn now(&self, matter: &AcceptedMatter) -> Option<String> {
        let known = &self.reference.categories;
        matter
            .category
            .clone()
            .or_else(|| self.understood(known, matter))
    }

    /// The same under the draft.
    fn under_draft(&self, matter: &AcceptedMatter, was: Option<&str>) -> Option<String> {
        if matter.category.is_none() {
            return self.understood(&self.draft, matter);
        }
        let was = was?;
        // What was switched off before is not the draft's doing.
        if self.draft.contains_key(was) || !self.reference.categories.contains_key(was) {
            return Some(was.to_owned());
        }
        let named = self
            .category(was)
            .and_then(|category| self.renumbered(category));
        named
            .or_else(|| self.called(&self.draft, &matter.region, was))
            .or_else(|| {
                let name = &self.category(was)?.name_zh;
                self.called(&self.draft, &matter.region, name)
            })
            .or_else(|| self.above(was))
    }

    /// What a source's own words mean in a tree.
    fn understood(
        &self,
        tree: &HashMap<String, Category>,
        matter: &AcceptedMatter,
    ) -> Option<String> {
        let word = matter.source_words.get(SAID)?;
        if tree.get(word).is_some_and(Category::is_leaf) {
            return Some(word.clone());
        }
        let mut named: Vec<&Category> = tree
            .values()
            .filter(|category| category.is_leaf() && category.name_zh == *word)
            .collect();
        named.sort_by(|a, b| a.code.cmp(&b.code));
        let first = named.first().map(|category| category.code.clone());
        first.or_else(|| self.called(tree, &matter.region, word))
    }

    /// The category of a tree that a place calls so.
    fn called(&self, tree: &HashMap<String, Category>, region: &str, word: &str) -> Option<String> {
        let code = self.reference.lists.category_called(region, word)?;
        tree.contains_key(&code).then_some(code)
    }

    /// The draft's new category of the same name and level.
    fn renumbered(&self, old: &Category) -> Option<String> {
        let mut same: Vec<&Category> = self
            .draft
            .values()
            .filter(|it| it.name_zh == old.name_zh && it.level() == old.level())
            .filter(|it| !self.reference.categories.contains_key(&it.code))
            .collect();
        same.sort_by(|a, b| a.code.cmp(&b.code));
        same.first().map(|category| category.code.clone())
    }

    /// The nearest category above that the draft has.
    fn above(&self, code: &str) -> Option<String> {
        let mut next = self.category(code)?.parent.clone();
        while let Some(above) = next {
            if self.draft.contains_key(&above) {
                return Some(above);
            }
            next = self.category(&above)?.parent.clone();
        }
        None
    }

    /// A category as it is now, also one that was switched off.
    fn category(&self, code: &str) -> Option<&Category> {
        let known = self.reference.categories.get(code);
        known.or_else(|| self.reference.retired.get(code))
    }

    /// How a category differs from the other.
    fn moved(&self, was: Option<&str>, would_be: Option<&str>) -> Vec<Resort> {
        let kind = match (was, would_be) {
            (None, None) => None,
            (None, Some(_)) => Some(Resort::Found),
            (Some(_), None) => Some(Resort::Lost),
            (Some(was), Some(code)) if was == code => {
                let names = (self.category(was), self.draft.get(code));
                let is_renamed =
                    matches!(names, (Some(old), Some(new)) if old.name_zh != new.name_zh);
                is_renamed.then_some(Resort::Renamed)
            }
            (Some(was), Some(code)) if code.len() < was.len() => Some(Resort::Coarse),
            (Some(_), Some(_)) => Some(Resort::Moved),
        };
        kind.into_iter().collect()
    }

    /// What follows from a category for a ticket.
    async fn side(
        &mut self,
        services: &Services,
        matter: &AcceptedMatter,
        (category, is_draft): (Option<String>, bool),
    ) -> Result<Sorted, Failure> {
        let named = category.as_deref().and_then(|code| {
            if is_draft {
                self.draft.get(code)
            } else {
                self.category(code)
            }
        });
        let name = named.map(|category| category.name_zh.clone());
        let limit = self.limit(matter, Stage::Ticket, category.as_deref());
        let unit = match &category {
            Some(code) => self.unit(services, (code, &matter.region)).await?,
            None => None,
        };
        Ok(Sorted {
            name,
            limit: limit.map(Into::into),
            unit,
            category,
        })
    }

    /// The limit of a stage, were it accepted now.
    fn limit(
        &self,
        matter: &AcceptedMatter,
        stage: Stage,
        category: Option<&str>,
    ) -> Option<Limit> {
        let query = LimitQuery {
            stage,
            channel: matter.channel,
            kind: matter.kind,
            category,
            urgency: matter.urgency,
            region: &matter.region,
            accepted: self.at,
            at: self.at,
        };
        limit::choose(&self.reference.limits, &query).map(|rule| rule.limit)
    }

    /// Whose area of responsibility a category of a place is: the most specific row's.
    async fn unit(
        &mut self,
        services: &Services,
        (category, region): (&str, &str),
    ) -> Result<Option<String>, Failure> {
        let key = (category.to_owned(), region.to_owned());
        if let Some(known) = self.units.get(&key) {
            return Ok(known.clone());
        }
        let db = services.store().report_reader();
        let found = responsible(&db, &self.reference, (Some(category), region)).await?;
        let unit = found.into_iter().next().map(|duty| duty.unit);
        self.units.insert(key, unit.clone());
        Ok(unit)
    }

    /// What would be asked for the category of the draft, must be answered, is not asked now and has no answer.
    fn questions(
        &self,
        matter: &AcceptedMatter,
        (was, would_be): (Option<&str>, Option<&str>),
    ) -> Vec<String> {
        let is_open = |field: &OwnField| {
            field.is_needed
                && !field.class.is_about_person()
                && field.is_asked_of(would_be)
                && !field.is_asked_of(was)
                && matter.own.get(&field.code).is_none_or(String::is_empty)
        };
        let fields = self.reference.lists.own_fields(&matter.region);
        let open = fields.into_iter().filter(is_open);
        open.map(|field| field.code).collect()
    }
}
