//! Forms of the way back to intake: what is missing, and the request as it is completed by whoever took it down.
//! Not here: taking a request down (`pages::staff::desk`), correcting who speaks (`citizen`).
//! The address begins empty: only part of it is shown.

use leptos::prelude::*;
use shared::category::CategoryNode;
use shared::place::{Division, city_code};
use shared::text::ticket::intake as words;
use shared::ticket::rules::length;
use shared::ticket::view::TicketDetail;
use shared::ticket::{RequestKind, Verb};

use super::{Act, VerbForm};
use crate::api::places::divisions;
use crate::api::staff::read_categories;
use crate::components::category_select::CategorySelect;
use crate::components::form::{Field, Select, SelectItem, SubmitButton, TextArea};
use crate::components::page::Loaded;
use crate::context::use_locale;

/// The form of a verb of this stage.
pub fn form(act: &Act, detail: &TicketDetail) -> Option<AnyView> {
    Some(match act.verb {
        Verb::ToIntake => give_back(act),
        Verb::Resubmit => resubmit(act, detail),
        _ => return None,
    })
}

fn give_back(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::BACK_HELP>
            <TextArea name="missing" max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=words::BACK_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn resubmit(act: &Act, detail: &TicketDetail) -> AnyView {
    let locale = use_locale();
    let row = detail.row.clone();
    let kinds: Vec<SelectItem> = RequestKind::ALL
        .iter()
        .map(|kind| SelectItem::new(kind.as_str(), kind.label(locale)))
        .collect();
    let known = row.category.map(|it| it.code).unwrap_or_default();
    let tree = Resource::new_blocking(|| (), |()| read_categories());
    let categories = move |tree: Vec<CategoryNode>| {
        let value = known.clone();
        view! { <CategorySelect tree value/> }
    };
    let city = city_code(&row.region.code).unwrap_or_default();
    let counties = Resource::new_blocking(move || city.clone(), divisions);
    let region = row.region;
    let places = move |found: Vec<Division>| {
        let mut items = vec![SelectItem::chinese(
            region.code.clone(),
            region.name.clone(),
        )];
        let others = found.into_iter().filter(|it| it.code != region.code);
        items.extend(others.map(|it| SelectItem::chinese(it.code, it.name)));
        let value = region.code.clone();
        view! { <Select name="region" items=Signal::stored(items) value/> }
    };
    let content = detail.content.clone();
    view! {
        <VerbForm act=act.clone() help=words::RESUBMIT_HELP>
            <Select name="kind" items=Signal::stored(kinds) value=row.kind.as_str()/>
            <Field name="title" value=row.title optional=true/>
            <TextArea name="content" value=content max=length::CONTENT as u32 rows=6/>
            <Loaded resource=tree show=categories/>
            <Loaded resource=counties show=places/>
            <Field name="address" help=words::ADDRESS_HELP optional=true/>
            <TextArea name="note" label=words::DONE max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::RESUBMIT_SEND/></p>
        </VerbForm>
    }
    .into_any()
}
