//! What happened to an approval, as a timeline: what, at which step, who, when, and what was said. It only grows (I5).
//! Not here: what waits now (`tasks`).
//! Facts that only programs need are left out.

use leptos::prelude::*;
use shared::approval::ApprovalVerb as V;
use shared::approval::view::ApprovalEvent;
use shared::calendar::Instant;
use shared::text::{Locale, approval, clock, file, ticket};

use crate::components::ticket::Done;
use crate::context::{say, use_locale, use_now};

/// The history, newest last.
#[component]
pub fn History(
    events: Vec<ApprovalEvent>,
    /// Address of the drawing.
    flow: String,
) -> impl IntoView {
    let lines = events
        .into_iter()
        .map(|event| view! { <Line event/> })
        .collect_view();
    view! {
        <section class="card approval-history" aria-labelledby="history">
            <div class="row between">
                <h2 class="section-title" id="history">{say(approval::HISTORY)}</h2>
                <a href=flow>{say(approval::FLOW)}</a>
            </div>
            <ol class="timeline">{lines}</ol>
        </section>
    }
}

#[component]
fn Line(event: ApprovalEvent) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let class = match event.verb {
        V::Refuse | V::Reject | V::Cancel => "done against",
        _ => "done",
    };
    let named = (event.actor_code.as_deref(), event.by.as_deref());
    let who = ticket::actor(event.actor, named, locale);
    let who = match event.unit.filter(|_| event.by.is_some()) {
        Some(unit) => format!("{who} · {unit}"),
        None => who,
    };
    let facts = if event.verb.is_of_file() {
        file::told(&event.facts, locale).join(" · ")
    } else {
        facts(&event.facts, now, locale)
    };
    let facts = (!facts.is_empty()).then(|| view! { <p class="small">{facts}</p> });
    let note = event
        .note
        .map(|note| view! { <p class="prose said" lang="zh-CN">{note}</p> });
    view! {
        <li class=class>
            <p class="what">
                <b>{event.verb.label(locale)}</b>
                {event.step.map(|step| view! { " · " {step} })}
            </p>
            <p class="when"><span lang="zh-CN">{who}</span> " · " <Done at=event.at done_at=event.done_at/></p>
            {facts}
            {note}
        </li>
    }
}

/// The facts of an event in words, `人员：王五 · 方式：前加签`.
fn facts(
    facts: &std::collections::BTreeMap<String, String>,
    now: Instant,
    locale: Locale,
) -> String {
    let words: Vec<String> = facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(name, value)| {
            let label = approval::fact(name, locale)?;
            let value = match Instant::parse(value) {
                Some(at) => clock::date_time(at, now, locale),
                None => value.clone(),
            };
            Some(match locale {
                Locale::Zh => format!("{label}：{value}"),
                Locale::En => format!("{label}: {value}"),
            })
        })
        .collect();
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_become_words_and_times_are_read() {
        let given = [
            ("user", "王五"),
            ("due_at", "2026-03-05T17:30:00+08:00"),
            ("migration", "0198"),
            ("from", ""),
        ];
        let given = given
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let now = Instant::parse("2026-03-05T10:00:00+08:00").expect("a time");
        assert_eq!(
            facts(&given, now, Locale::Zh),
            "期限：今天 17:30 · 人员：王五"
        );
    }
}
