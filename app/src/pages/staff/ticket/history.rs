//! What happened, as a timeline: what, who and when, and what was said. It only grows (I5).
//! Not here: what this person may not see of it (cut by the services).
//! Long histories can be narrowed to one kind of step, in the browser.

use leptos::prelude::*;
use shared::application::{
    DifficultReason, DirectiveCause, DirectiveLevel, DisputeStage, ExtensionReason, RulingOn,
    RulingReason, SuspensionReason,
};
use shared::citizen::mandate::MandateRole;
use shared::incoming::IncomingWay;
use shared::process::limit::Stage;
use shared::text::ticket::{endorse, plan, review, ruling, three_way};
use shared::text::{Locale, checklist, directive, file, paper, ticket};
use shared::ticket::level::{Haste, Impact};
use shared::ticket::plan::DayPart;
use shared::ticket::proposal::ReviewCause;
use shared::ticket::together::LinkKind;
use shared::ticket::view::HistoryEvent;
use shared::ticket::{
    BinReason, CallOutcome, ContactWay, DeclineReason, ExemptReason, HandleResult, Hold, PressKind,
    ReturnReason, Satisfaction, SiteKind, Solved, UpsetStep, Urgency, Verb,
};

use crate::components::ticket::{Done, StateBadge};
use crate::context::{say, use_locale};

/// From how many steps on the history can be narrowed.
const MANY: usize = 8;

/// The history, newest last.
#[component]
pub fn History(
    events: Vec<HistoryEvent>,
    /// Address of the drawing.
    flow: String,
) -> impl IntoView {
    let locale = use_locale();
    let only = RwSignal::new(None::<Verb>);
    let mut verbs: Vec<Verb> = events.iter().map(|event| event.verb).collect();
    verbs.sort_unstable();
    verbs.dedup();
    let narrow = (events.len() > MANY).then(|| {
        let options = verbs
            .into_iter()
            .map(|verb| view! { <option value=verb.as_str()>{verb.label(locale)}</option> })
            .collect_view();
        // Only script can narrow; without it the whole history is there.
        let live = RwSignal::new(false);
        Effect::new(move || live.set(true));
        view! {
            <div class="field inline" hidden=move || !live.get()>
                <label for="history-only">{say(ticket::HISTORY_SHOW)}</label>
                <select id="history-only" autocomplete="off" on:change=move |event| only.set(Verb::parse(&event_target_value(&event)))>
                    <option value="">{say(ticket::HISTORY_ALL)}</option>
                    {options}
                </select>
            </div>
        }
    });
    let lines = events
        .into_iter()
        .map(|event| {
            let verb = event.verb;
            let hidden = move || only.get().is_some_and(|wanted| wanted != verb);
            view! { <li class="done" hidden=hidden><Line event/></li> }
        })
        .collect_view();
    view! {
        <section class="card history" aria-labelledby="history">
            <div class="row between">
                <h2 class="section-title" id="history">{say(ticket::HISTORY)}</h2>
                <div class="row">
                    <a href=flow>{say(ticket::FLOW)}</a>
                    {narrow}
                </div>
            </div>
            <ol class="timeline">{lines}</ol>
        </section>
    }
}

#[component]
fn Line(event: HistoryEvent) -> impl IntoView {
    let locale = use_locale();
    let named = (event.actor_code.as_deref(), event.by.as_deref());
    let who = ticket::actor(event.actor, named, locale);
    let who = match &event.unit {
        Some(unit) => format!("{who} · {}", unit.name),
        None => who,
    };
    let moved = (event.from_state != Some(event.to_state))
        .then(|| view! { " " <StateBadge state=event.to_state/> });
    let facts = facts(&event, locale);
    let note = event.note.clone();
    view! {
        <p class="what"><b>{event.verb.label(locale)}</b> {moved}</p>
        <p class="when"><span lang="zh-CN">{who}</span> " · " <Done at=event.at done_at=event.done_at/></p>
        {(!facts.is_empty()).then(|| view! { <p class="small">{facts}</p> })}
        {note.map(|note| view! { <p class="prose said" lang="zh-CN">{note}</p> })}
    }
}

/// A code of an event in words.
fn word(name: &str, value: &str, locale: Locale) -> Option<&'static str> {
    match name {
        "satisfaction" => Satisfaction::parse(value).map(|it| it.label(locale)),
        "solved" => Solved::parse(value).map(|it| it.label(locale)),
        "fact_true" => HandleResult::parse(value).map(|it| it.label(locale)),
        "exempt" => ExemptReason::parse(value).map(|it| it.label(locale)),
        "reason" => ReturnReason::parse(value)
            .map(|it| it.label(locale))
            .or_else(|| DeclineReason::parse(value).map(|it| it.label(locale))),
        "extension_reason" => ExtensionReason::parse(value).map(|it| it.label(locale)),
        "grant" => Some(yes(value, ticket::EXTENSION_GRANT, ticket::EXTENSION_REFUSE).get(locale)),
        "pass" => Some(yes(value, ticket::REVIEW_PASS, ticket::REVIEW_BACK).get(locale)),
        "uphold" => Some(yes(value, ticket::RULE_UPHOLD, ticket::RULE_REDISPATCH).get(locale)),
        "confirm" => Some(yes(value, ticket::CONFIRM_YES, ticket::CONFIRM_NO).get(locale)),
        "call_outcome" => CallOutcome::parse(value).map(|it| it.label(locale)),
        "connected" => Some(yes(value, ticket::CONNECTED, ticket::NOT_CONNECTED).get(locale)),
        "suspension_reason" => SuspensionReason::parse(value).map(|it| it.label(locale)),
        "hold" => Hold::parse(value).map(|it| it.label(locale)),
        "agreed" => Some(yes(value, ticket::AGREED, ticket::NOT_AGREED).get(locale)),
        "line_solved" => Some(yes(value, three_way::SOLVED, three_way::NOT_SOLVED).get(locale)),
        "upset" => UpsetStep::parse(value).map(|it| it.label(locale)),
        "press" => PressKind::parse(value).map(|it| it.label(locale)),
        "bin" => BinReason::parse(value).map(|it| it.label(locale)),
        "endorsed" => Some(yes(value, endorse::YES, endorse::NO).get(locale)),
        "way" => ContactWay::parse(value).map(|it| it.label(locale)),
        "site_kind" => SiteKind::parse(value).map(|it| it.label(locale)),
        "reached" => Some(yes(value, ticket::CONTACT_REACHED, ticket::NOT_REACHED).get(locale)),
        "supplied" if value == "true" => Some(ticket::SUPPLIED.get(locale)),
        "incoming_way" => IncomingWay::parse(value).map(|it| it.label(locale)),
        "impact" => Impact::parse(value).map(|it| it.label(locale)),
        "haste" => Haste::parse(value).map(|it| it.label(locale)),
        "urgency" => Urgency::parse(value).map(|it| it.label(locale)),
        "acts_as" => MandateRole::parse(value).map(|it| it.label(locale)),
        "directive_cause" => DirectiveCause::parse(value).map(|it| it.label(locale)),
        "level" => DirectiveLevel::parse(value).map(|it| it.label(locale)),
        "accept" => Some(yes(value, directive::ACCEPT, directive::BACK).get(locale)),
        "proposed" => Some(review::WAS_PROPOSED.get(locale)),
        "plan_removed" => Some(plan::REMOVED.get(locale)),
        "day_part" => DayPart::parse(value).map(|it| it.label(locale)),
        "link" => LinkKind::parse(value).map(|it| it.label(locale)),
        "difficult_reason" => DifficultReason::parse(value).map(|it| it.label(locale)),
        "ruling" => RulingOn::parse(value).map(|it| it.label(locale)),
        "ruling_reason" => RulingReason::parse(value).map(|it| it.label(locale)),
        "revokes" if value == "true" => Some(ruling::REVOKES.get(locale)),
        "supported" => Some(yes(value, ruling::SUPPORTS, ruling::OPPOSES).get(locale)),
        "dispute" => DisputeStage::parse(value).map(|it| it.label(locale)),
        "stage" => Stage::parse(value).map(|it| it.label(locale)),
        "final_ruling" if value == "true" => Some(ticket::RULE_FINAL.get(locale)),
        _ => None,
    }
}

/// The codes of an event in words; numbers and unit codes are left to the places that show them.
fn facts(event: &HistoryEvent, locale: Locale) -> String {
    let of_file = file::told(&event.facts, locale);
    let words = event
        .facts
        .iter()
        .filter_map(|(name, value)| word(name, value, locale).map(ToOwned::to_owned));
    // The office's own reason, rung of the ladder or body, in its words of then; the number under which that took it.
    let (cause, rung, body) = match locale {
        Locale::Zh => ("cause_zh", "rung_zh", "body_zh"),
        Locale::En => ("cause_en", "rung_en", "body_en"),
    };
    let people = ["below_units", "assist_unit", "called", "responsible"];
    let own = [
        cause,
        rung,
        body,
        "receipt",
        "named",
        "urgency_reason",
        "plan",
        "line_with",
    ]
    .into_iter()
    .chain(people);
    let own = own.filter_map(|name| event.facts.get(name).cloned());
    // The ticket with which it is handled, whose number is its name.
    let together = ["lead_no", "merged_no", "linked_no"].into_iter();
    let together = together.filter_map(|name| event.facts.get(name).cloned());
    let proofs = event.facts.get("proofs").filter(|n| *n != "0");
    let proofs = proofs.map(|n| file::evidence::proofs(n, locale));
    let on_paper = event.facts.get("paper_no");
    let on_paper = on_paper.map(|no| paper::entered(no, locale));
    let of_list = |zh: &str, en: &str| {
        let name = if locale == Locale::Zh { zh } else { en };
        event.facts.get(name)
    };
    let ticked = of_list("checked_zh", "checked_en").map(|it| checklist::checked(it, locale));
    let missed = of_list("missed_zh", "missed_en").map(|it| checklist::missed(it, locale));
    let proposer = event
        .facts
        .get("proposed_by")
        .filter(|name| !name.is_empty());
    let proposer = proposer.map(|name| review::proposed_by(name, locale));
    let words = words
        .chain(own)
        .chain(of_file)
        .chain(together)
        .chain(proposer)
        .chain(reviewed(event, locale));
    let words = words.chain(ticked).chain(missed).chain(proofs);
    let words: Vec<String> = words.chain(on_paper).collect();
    words.join(" · ")
}

/// Why a dispatch was reviewed, or would have been.
fn reviewed(event: &HistoryEvent, locale: Locale) -> Vec<String> {
    let skipped = event.facts.get("review_skipped");
    let causes = event.facts.get("review_causes").or(skipped);
    let causes = causes.map_or("", String::as_str).split(' ');
    let causes = causes.filter_map(ReviewCause::parse);
    let causes = causes.map(|cause| cause.label(locale).to_owned());
    let skipped = skipped.map(|_| review::SKIPPED.get(locale).to_owned());
    skipped.into_iter().chain(causes).collect()
}

fn yes(value: &str, yes: shared::text::Text, no: shared::text::Text) -> shared::text::Text {
    if value == "true" { yes } else { no }
}

#[cfg(test)]
mod tests {
    use shared::access::ActorKind;
    use shared::calendar::Instant;
    use shared::ticket::TicketState;

    use super::*;

    #[test]
    fn codes_of_an_event_become_words_and_numbers_stay_away() {
        let event = HistoryEvent {
            seq: 4,
            verb: Verb::Confer,
            at: Instant(0),
            done_at: None,
            actor: ActorKind::Person,
            actor_code: None,
            by: None,
            unit: None,
            from_state: None,
            to_state: TicketState::Dispatched,
            note: None,
            facts: [
                ("uphold", "false"),
                ("final_ruling", "true"),
                ("to", "320100-CGJ"),
                ("count", "3"),
            ]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        };
        assert_eq!(facts(&event, Locale::Zh), "终局裁定 · 同意退单，改派");
        let file = HistoryEvent {
            verb: Verb::AddFile,
            facts: [
                ("file", "0199a0f2-0000-7000-8000-000000000001"),
                ("file_kind", "pdf"),
                ("file_place", "reply"),
            ]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
            ..event
        };
        assert_eq!(facts(&file, Locale::Zh), "PDF 文件 · 答复附件");
    }
}
