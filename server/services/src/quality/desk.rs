//! The work list of what the rules found: looking at it, saying what was done, dismissing with a second person; scores and the rules.
//! Not here: the look itself (`job`). Every list and score is cut to the reader's scope in SQL.
//! What people write about a finding stands with it; who did it, in the audit.

use std::collections::BTreeMap;

use shared::access::{Scope, needs};
use shared::fault::{Code, Fault};
use shared::place::is_prefix;
use shared::quality::{
    AskDismissal, DecideDismissal, FindingState, FixFinding, Open, QualityFindingPage,
    QualityFindingView, QualityRule, RULES, RuleView, RulesView, ScoreView, ScoresView, score,
};
use store::quality::{Listed, Wanted};
use store::record::{AuditEntry, QualityFinding};
use uuid::Uuid;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::reference::Reference;

/// Findings of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;
/// Rows of scores at most.
const ROWS: usize = 200;

/// Which findings are asked for, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Of one rule.
    pub rule: Option<String>,
    /// Of one unit; `-` for the centres'.
    pub unit: Option<String>,
    /// In a division and below.
    pub region: Option<String>,
    /// How they stand; everything open where absent.
    pub state: Option<String>,
    /// The page.
    pub cursor: Option<String>,
    /// How many at most.
    pub limit: u32,
}

impl Asked {
    fn read(self) -> Result<Wanted, Fault> {
        let code = |name: &str| Fault::field(name, Code::InputCode);
        let rule = self.rule.as_deref().map(QualityRule::parse);
        let state = self.state.as_deref().map(FindingState::parse);
        if self.region.as_deref().is_some_and(|it| !is_prefix(it)) {
            return Err(Fault::field("region", Code::InputPlace));
        }
        let limit = self.limit.clamp(1, MOST) as usize;
        let after = self.cursor.as_deref().map(paging::read).transpose()?;
        Ok(Wanted {
            rule: match rule {
                Some(None) => return Err(code("rule")),
                rule => rule.flatten(),
            },
            unit: self.unit.map(|unit| unit.trim_matches('-').to_owned()),
            region: self.region,
            state: match state {
                Some(None) => return Err(code("state")),
                state => state.flatten(),
            },
            after: after.map(|(at, id)| (at.0, id)),
            limit: limit + 1,
        })
    }
}

/// A page of the findings in the reader's scope.
///
/// # Errors
/// `access.denied`; faults at `rule`, `state`, `region` and `cursor`.
pub async fn list(ctx: &Ctx, asked: Asked) -> Result<QualityFindingPage, Fault> {
    let scope = ctx.reach(needs::QUALITY)?;
    let wanted = asked.read()?;
    let limit = wanted.limit - 1;
    let db = ctx.services.store().reader();
    let mut found = store::quality::list(&db, &scope, wanted)
        .await
        .settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, limit).map(|last| {
        let finding = &last.finding;
        let at = finding.closed_at.unwrap_or(finding.due_at);
        paging::place(at, finding.id)
    });
    let reference = ctx.services.reference().await?;
    let items = found.into_iter().map(|it| view(ctx, &reference, it));
    Ok(QualityFindingPage {
        items: items.collect(),
        next_cursor,
    })
}

fn view(ctx: &Ctx, reference: &Reference, listed: Listed) -> QualityFindingView {
    let it = listed.finding;
    let waits = it.state == FindingState::Asked;
    QualityFindingView {
        id: it.id,
        rule: it.rule,
        severity: it.severity,
        state: it.state,
        ticket: shared::ids::TicketId(it.case_id),
        ticket_no: listed.ticket_no,
        unit: it.unit.as_deref().map(|unit| reference.unit(unit)),
        region: reference.region(&it.region),
        facts: it.facts,
        first_seen: it.first_seen,
        last_seen: it.last_seen,
        due_at: it.due_at,
        may_decide: waits && is_second(ctx, it.asked_by),
        asked_by: it.asked_by_name,
        reason: it.reason,
        closed_at: it.closed_at,
        closed_by: it.closed_by_name,
        note: it.note,
    }
}

/// Whoever acts is a person, and another one than who asked.
fn is_second(ctx: &Ctx, asked_by: Option<shared::ids::UserId>) -> bool {
    ctx.actor.user().is_some() && ctx.actor.user() != asked_by
}

async fn one(ctx: &Ctx, id: Uuid) -> Result<QualityFinding, Fault> {
    let scope = ctx.reach(needs::QUALITY)?;
    let db = ctx.services.store().reader();
    let found = store::quality::get(&db, &scope, id).await;
    let found = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    Some(found.finding)
        .filter(|finding| finding.state.is_open())
        .ok_or_else(Fault::missing)
}

async fn written(
    ctx: &Ctx,
    finding: QualityFinding,
    was: FindingState,
    entry: AuditEntry,
) -> Result<(), Fault> {
    let done = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (finding, entry) = (finding.clone(), entry.clone());
            Box::pin(async move {
                let done = store::quality::change(tx, &finding, was).await?;
                if done {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    if done { Ok(()) } else { Err(Fault::missing()) }
}

fn entry(ctx: &Ctx, action: &str, finding: &QualityFinding) -> AuditEntry {
    let mut entry = ctx.audit(action, format!("quality:{}", finding.id), "ok");
    let rule = finding.rule.code().to_owned();
    entry.facts.insert("rule".to_owned(), rule);
    entry
}

/// Says that it was corrected. What the next look still finds stands in the list again.
///
/// # Errors
/// `access.denied`; `not_found` outside the scope, and for one that nobody has to see to any more.
pub async fn fix(ctx: &Ctx, id: Uuid, command: FixFinding) -> Result<(), Fault> {
    let finding = one(ctx, id).await?;
    let entry = entry(ctx, "quality.fix", &finding);
    let was = finding.state;
    let fixed = QualityFinding {
        state: FindingState::Fixed,
        closed_at: Some(ctx.now()),
        closed_by: ctx.actor.user(),
        closed_by_name: ctx.actor.signature(),
        note: Some(command.note.to_string()),
        ..finding
    };
    written(ctx, fixed, was, entry).await
}

/// Asks to dismiss it; a second person decides.
///
/// # Errors
/// As `fix`.
pub async fn ask_dismissal(ctx: &Ctx, id: Uuid, command: AskDismissal) -> Result<(), Fault> {
    let finding = one(ctx, id).await?;
    let entry = entry(ctx, "quality.ask_dismissal", &finding);
    let was = finding.state;
    let asked = QualityFinding {
        state: FindingState::Asked,
        asked_by: ctx.actor.user(),
        asked_by_name: ctx.actor.signature(),
        reason: Some(command.reason.to_string()),
        ..finding
    };
    written(ctx, asked, was, entry).await
}

/// The second person's word on a dismissal.
///
/// # Errors
/// As `fix`; `quality.second` for who asked for it; `not_found` where nobody asked.
pub async fn decide(ctx: &Ctx, id: Uuid, command: DecideDismissal) -> Result<(), Fault> {
    let finding = one(ctx, id).await?;
    if finding.state != FindingState::Asked {
        return Err(Fault::missing());
    }
    if !is_second(ctx, finding.asked_by) {
        return Err(Fault::new(Code::QualitySecond));
    }
    let mut entry = entry(ctx, "quality.decide_dismissal", &finding);
    let agreed = command.agreed;
    entry.facts.insert("agreed".to_owned(), agreed.to_string());
    let was = finding.state;
    let decided = if agreed {
        QualityFinding {
            state: FindingState::Dismissed,
            closed_at: Some(ctx.now()),
            closed_by: ctx.actor.user(),
            closed_by_name: ctx.actor.signature(),
            ..finding
        }
    } else {
        QualityFinding {
            state: FindingState::Open,
            asked_by: None,
            asked_by_name: None,
            reason: None,
            ..finding
        }
    };
    written(ctx, decided, was, entry).await
}

/// Every rule as it holds where the reader works.
///
/// # Errors
/// `access.denied`.
pub async fn rules(ctx: &Ctx) -> Result<RulesView, Fault> {
    ctx.ask(needs::QUALITY)?;
    let reference = ctx.services.reference().await?;
    let here = ctx.actor.region.clone().unwrap_or_default();
    let rule = |rule: &shared::quality::Rule| {
        let set = reference.lists.quality(&here, rule.code);
        RuleView {
            rule: rule.code,
            version: rule.version,
            severity: set.unwrap_or(rule.severity),
            standing: rule.standing,
            on: set.is_some(),
        }
    };
    let last = super::last(&ctx.services.store().reader()).await;
    Ok(RulesView {
        items: RULES.iter().map(rule).collect(),
        looked_at: last.settle(&ctx.services)?.map(|(at, _)| at),
    })
}

/// The scores of units and centres in the reader's scope, the worst first.
///
/// # Errors
/// `access.denied`.
pub async fn scores(ctx: &Ctx) -> Result<ScoresView, Fault> {
    scored(ctx, &ctx.reach(needs::QUALITY)?).await
}

/// The same in a scope that the caller has asked for already.
pub(crate) async fn scored(ctx: &Ctx, scope: &Scope) -> Result<ScoresView, Fault> {
    let db = ctx.services.store().reader();
    let counts = store::quality::counts(&db, scope).await;
    let opened = store::quality::opened(&db, scope).await;
    let (counts, opened) = (counts.settle(&ctx.services)?, opened.settle(&ctx.services)?);
    let weights = super::weights::holding(&db).await.settle(&ctx.services)?;
    let reference = ctx.services.reference().await?;
    // A unit wherever its tickets lie; a centre by its city.
    let key = |region: &str, unit: &str| match unit {
        "" => (
            shared::place::city(region).unwrap_or(region).to_owned(),
            String::new(),
        ),
        unit => (String::new(), unit.to_owned()),
    };
    let mut rows: BTreeMap<(String, String), (i64, Open)> = BTreeMap::new();
    for count in &counts {
        let row = rows.entry(key(&count.region, &count.unit)).or_default();
        row.0 += count.tickets;
    }
    for found in &opened {
        let unit = found.unit.as_deref().unwrap_or_default();
        let row = rows.entry(key(&found.region, unit)).or_default();
        row.1.add(found.severity, found.count);
    }
    let row = |((city, unit), (tickets, open)): ((String, String), (i64, Open))| ScoreView {
        unit: Some(unit.as_str())
            .filter(|unit| !unit.is_empty())
            .map(|unit| reference.unit(unit)),
        region: (!city.is_empty()).then(|| reference.region(&format!("{city:0<6}"))),
        tickets,
        open,
        score: score(open, tickets, weights),
    };
    let mut items: Vec<ScoreView> = rows.into_iter().map(row).collect();
    items.sort_by_key(|row| (row.score.unwrap_or(1_001), -row.open.weight(weights)));
    items.truncate(ROWS);
    Ok(ScoresView { items, weights })
}
