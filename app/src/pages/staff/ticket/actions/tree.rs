//! Forms of giving a part on to units below, of what is done with parts below, and of who is responsible for a part.
//! Not here: the reply into which answers of units below are gathered (`unit`), who may do what (services).

use leptos::prelude::*;
use shared::query::phrase::PhraseUse;
use shared::text::{Text, fields, ticket::tree as words};
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::verbs::LIMIT_UNITS;
use shared::ticket::view::{Named, TreeView};

use super::{Act, VerbForm};
use crate::components::form::{
    Field, FieldNotes, Phrases, Select, SelectItem, SubmitButton, TextArea, use_form,
};
use crate::components::unit_select::UnitSelect;
use crate::context::{say, use_locale};

/// The form of a verb of this stage.
pub fn form(act: &Act, units: &[Named]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::SubAssign => sub_assign(act),
        Verb::TakeBack => below(
            act,
            tree(act).open,
            (words::TAKE_BACK_HELP, words::TAKE_BACK_SEND),
        ),
        Verb::SetLimit => set_limit(act),
        Verb::ReturnAnswer => below(
            act,
            tree(act).answered,
            (words::RETURN_ANSWER_HELP, words::RETURN_ANSWER_SEND),
        ),
        Verb::HandUp => hand_up(act),
        Verb::AskAssistance => ask_assistance(act, units.to_vec()),
        Verb::Take => take(act),
        Verb::HandOver => hand_over(act),
        _ => return None,
    })
}

fn tree(act: &Act) -> TreeView {
    let part = act.part.as_ref();
    part.map(|part| part.tree.clone()).unwrap_or_default()
}

fn sub_assign(act: &Act) -> AnyView {
    let units = tree(act).below;
    view! {
        <VerbForm act=act.clone() help=words::SUB_ASSIGN_HELP>
            <Units units/>
            <Limit/>
            <TextArea name="advice" help=words::SUB_ASSIGN_ADVICE optional=true max=length::ADVICE as u32 rows=3/>
            <Phrases name="advice" purpose=PhraseUse::Advice/>
            <p><SubmitButton label=words::SUB_ASSIGN_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

/// Units below, of one name, so that they post without script.
#[component]
fn Units(units: Vec<Named>) -> impl IntoView {
    let form = use_form();
    let ticked: Vec<String> = form.state.with_untracked(|state| {
        let values = state.values("below").into_iter();
        values.map(str::to_owned).collect()
    });
    let boxes = units
        .into_iter()
        .enumerate()
        .map(|(index, unit)| {
            let id = if index == 0 {
                form.id("below")
            } else {
                format!("{}-{index}", form.id("below"))
            };
            let checked = ticked.contains(&unit.code);
            view! {
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="below" value=unit.code checked=checked/>
                    <span class="choice-text"><b lang="zh-CN">{unit.name}</b></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices inline">
            <legend>{fields::label("below").map(say)}</legend>
            <FieldNotes name="below"/>
            {boxes}
        </fieldset>
    }
}

/// How long, and of what.
#[component]
fn Limit() -> impl IntoView {
    let locale = use_locale();
    let items: Vec<SelectItem> = LIMIT_UNITS
        .iter()
        .map(|unit| SelectItem::new(unit.as_str(), unit.label(locale)))
        .collect();
    let first = LIMIT_UNITS[0].as_str();
    view! {
        <Field name="part_limit" kind="number" inputmode="numeric"/>
        <Select name="part_limit_unit" items=Signal::stored(items) value=first/>
    }
}

/// The form about one unit below: which, and why.
fn below(act: &Act, units: Vec<Named>, (help, send): (Text, Text)) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=help>
            <UnitSelect name="below" units/>
            <TextArea name="reason" max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=send class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn set_limit(act: &Act) -> AnyView {
    let units = tree(act).open;
    view! {
        <VerbForm act=act.clone() help=words::SET_LIMIT_HELP>
            <UnitSelect name="below" units/>
            <Limit/>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::SET_LIMIT_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn hand_up(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::HAND_UP_HELP>
            <TextArea name="explanation" max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=words::HAND_UP_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn ask_assistance(act: &Act, units: Vec<Named>) -> AnyView {
    let own = act.part.as_ref().map(|part| part.unit.code.clone());
    let others: Vec<Named> = units
        .into_iter()
        .filter(|unit| Some(&unit.code) != own.as_ref())
        .collect();
    view! {
        <VerbForm act=act.clone() help=words::ASSIST_HELP>
            <UnitSelect name="assist_unit" units=others/>
            <Field name="assist_due" kind="date" optional=true help=words::ASSIST_DUE_HELP/>
            <TextArea name="advice" label=words::ASSIST_ADVICE max=length::ADVICE as u32 rows=3/>
            <p><SubmitButton label=words::ASSIST_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn take(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::TAKE_HELP>
            <p><SubmitButton label=words::TAKE_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn hand_over(act: &Act) -> AnyView {
    let part = act.part.as_ref();
    let colleagues = part.map_or_else(Vec::new, |part| part.colleagues.clone());
    if colleagues.is_empty() {
        return view! { <p class="help">{say(words::HAND_OVER_NONE)}</p> }.into_any();
    }
    let items: Vec<SelectItem> = colleagues
        .into_iter()
        .map(|it| SelectItem::chinese(it.username, it.name))
        .collect();
    let items = Signal::stored(items);
    view! {
        <VerbForm act=act.clone() help=words::HAND_OVER_HELP>
            <Select name="colleague" items/>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::HAND_OVER_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}
