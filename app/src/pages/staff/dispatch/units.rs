//! The units that can get a ticket, in groups: the likely ones with the reasons, those of the place, the others by level.
//! Lead and assisting units are radio and check boxes in one table, so that it works without script; with script a field narrows it,
//! and suggestions follow the category that is chosen. Not here: their order (services).

use leptos::prelude::*;
use shared::text::{Locale, desk, dispute, staff};
use shared::ticket::view::UnitChoice;

use crate::api::staff::read_suggested;
use crate::components::finder::{Finder, fits};
use crate::components::form::{FieldNotes, use_form};
use crate::context::{say, use_locale};

/// The units: one leads, any number assists.
#[component]
pub fn Picker(
    /// The ticket.
    id: String,
    /// The likely ones first.
    units: Vec<UnitChoice>,
    /// The category chosen so far.
    category: RwSignal<String>,
    /// Who led and who assisted in what was proposed before.
    proposed: (Option<String>, Vec<String>),
) -> impl IntoView {
    let form = use_form();
    let (before, assisted) = proposed;
    let lead = form.initial("lead", before);
    let assisting = form.state.with_untracked(|state| {
        if !state.is_posted() {
            return assisted;
        }
        state
            .values("assisting")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let words = RwSignal::new(String::new());
    let locale = use_locale();
    let mut index = 0;
    let groups = groups(units, locale)
        .into_iter()
        .map(|(title, units)| {
            let first = index;
            index += units.len();
            let names = units.iter();
            let names = names.map(|it| [it.unit.name.clone(), it.initials.clone()]);
            let names: Vec<[String; 2]> = names.collect();
            let count = names.len();
            let nothing = move || {
                let typed = words.get();
                !names
                    .iter()
                    .any(|[name, initials]| fits(&typed, &[name, initials]))
            };
            let rows = units
                .into_iter()
                .zip(first..)
                .map(|(choice, index)| {
                    let leads = choice.unit.code == lead;
                    let assists = assisting.contains(&choice.unit.code);
                    view! { <UnitRow choice index words leads assists/> }
                })
                .collect_view();
            view! {
                <tbody>
                    <tr class="group" hidden=nothing><th scope="rowgroup" colspan="4">{title} " " <span class="muted num">{count}</span></th></tr>
                    {rows}
                </tbody>
            }
        })
        .collect_view();
    let has_error = move || form.error("lead").is_some() || form.error("assisting").is_some();
    view! {
        <div class="stack tight" class:has-error=has_error>
            <FieldNotes name="lead"/>
            <FieldNotes name="assisting"/>
            <Suggested id category/>
            <Finder label=desk::FIND_UNIT words id="unit-search"/>
            <div class="unit-picker" role="region" tabindex="0" aria-label=say(desk::CHOOSE_UNITS)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{say(desk::LEAD)}</th>
                            <th scope="col">{say(desk::ASSIST)}</th>
                            <th scope="col">{say(desk::UNIT)}</th>
                            <th scope="col" class="num">{say(desk::LOAD)}</th>
                        </tr>
                    </thead>
                    {groups}
                </table>
            </div>
        </div>
    }
}

type Group = (String, Vec<UnitChoice>);

/// Those whose responsibility it is or that led such tickets, then those of the place, then each level; the order inside is the services'.
fn groups(units: Vec<UnitChoice>, locale: Locale) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let title = |unit: &UnitChoice| {
        if unit.by_duty || unit.led_lately > 0 {
            desk::SUGGESTED.get(locale)
        } else if unit.of_place {
            desk::OF_PLACE.get(locale)
        } else {
            unit.level.label(locale)
        }
    };
    for unit in units {
        let title = title(&unit);
        match groups.iter_mut().find(|(other, _)| other == title) {
            Some((_, group)) => group.push(unit),
            None => groups.push((title.to_owned(), vec![unit])),
        }
    }
    groups
}

/// Why a unit is likely, in words.
fn reasons(choice: &UnitChoice, locale: Locale) -> String {
    let mut why: Vec<String> = vec![choice.level.label(locale).to_owned()];
    if choice.by_duty {
        why.push(desk::BY_DUTY.get(locale).to_owned());
    }
    if choice.led_lately > 0 {
        why.push(desk::led(choice.led_lately, locale));
    }
    if choice.of_place {
        why.push(desk::OF_PLACE.get(locale).to_owned());
    }
    if choice.ruled > 0 {
        why.push(dispute::ruled(choice.ruled, locale));
    }
    if choice.returned > 0 {
        why.push(dispute::returned(choice.returned, locale));
    }
    why.join(" · ")
}

/// Likely units for the category that was just chosen; a press makes one the lead. Only script can follow the choice.
#[component]
fn Suggested(id: String, category: RwSignal<String>) -> impl IntoView {
    let locale = use_locale();
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    let found = Resource::new(
        move || (live.get(), category.get()),
        move |(live, category)| {
            let id = id.clone();
            async move {
                if live && !category.is_empty() {
                    read_suggested(id, category).await.unwrap_or_default()
                } else {
                    Vec::new()
                }
            }
        },
    );
    let button = move |choice: UnitChoice| {
        let why = reasons(&choice, locale);
        let (name, code) = (choice.unit.name, choice.unit.code);
        let choose = move |_| {
            #[cfg(feature = "hydrate")]
            crate::browser::choose("lead", &code);
            #[cfg(not(feature = "hydrate"))]
            let _ = &code;
        };
        view! {
            <li><button type="button" class="button suggestion" on:click=choose><span lang="zh-CN">{name}</span> <small class="muted">{why}</small></button></li>
        }
    };
    view! {
        <div aria-live="polite">
            <Transition>
                {move || Suspend::new(async move {
                    let units = found.await;
                    (!units.is_empty()).then(|| {
                        view! {
                            <p class="small-title">{say(desk::SUGGESTED_NOW)}</p>
                            <ul class="plain suggestions">{units.into_iter().map(button).collect_view()}</ul>
                        }
                    })
                })}
            </Transition>
        </div>
    }
}

#[component]
fn UnitRow(
    choice: UnitChoice,
    index: usize,
    words: RwSignal<String>,
    leads: bool,
    assists: bool,
) -> impl IntoView {
    let locale = use_locale();
    let form = use_form();
    // The first row carries the field's own id, so that the list of errors leads here.
    let id = |name: &str| {
        if index == 0 {
            form.id(name)
        } else {
            format!("{}-{index}", form.id(name))
        }
    };
    let name = choice.unit.name.clone();
    let found_by = [name.clone(), choice.initials.clone()];
    let hidden = move || {
        let [name, initials] = &found_by;
        !fits(&words.get(), &[name, initials])
    };
    let why = reasons(&choice, locale);
    let pressed = desk::pressed(choice.due_soon, choice.overdue, locale);
    let pressed = pressed.map(|words| view! { <small class="muted block">{words}</small> });
    let code = choice.unit.code;
    let (lead_label, assist_label) = (
        format!("{} {name}", say(desk::LEAD)),
        format!("{} {name}", say(desk::ASSIST)),
    );
    view! {
        <tr hidden=hidden>
            <td><input type="radio" name="lead" id=id("lead") value=code.clone() checked=leads aria-label=lead_label/></td>
            <td><input type="checkbox" name="assisting" id=id("assisting") value=code checked=assists aria-label=assist_label/></td>
            <td>
                <span lang="zh-CN">{name}</span>
                <small class="muted block">{why}</small>
            </td>
            <td class="num">{staff::grouped(choice.open_assignments)} {pressed}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use shared::organisation::UnitLevel;
    use shared::ticket::view::Named;

    use super::*;

    #[test]
    fn likely_units_come_first_with_their_reasons() {
        let unit = |code: &str, led_lately, of_place| UnitChoice {
            unit: Named {
                code: code.to_owned(),
                name: code.to_owned(),
            },
            initials: String::new(),
            level: UnitLevel::Department,
            open_assignments: 0,
            due_soon: 0,
            overdue: 0,
            by_duty: false,
            led_lately,
            of_place,
            returned: 0,
            ruled: 0,
        };
        let groups = groups(
            vec![unit("a", 3, true), unit("b", 0, true), unit("c", 0, false)],
            Locale::Zh,
        );
        let titles: Vec<&str> = groups.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(titles, ["推荐", "属地单位", "市级部门"]);
        assert_eq!(
            reasons(&groups[0].1[0], Locale::Zh),
            "市级部门 · 半年内主办同类 3 件 · 属地单位"
        );
    }
}
