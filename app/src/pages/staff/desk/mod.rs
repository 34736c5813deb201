//! The agent's desk: registering for a caller, with the caller's earlier tickets and likely duplicates beside the form.
//! With script they appear while the form is filled; without it a button brings them. A repeated call is linked by choosing one.
//! Not here: answering and declining (on the ticket, right after registering), what the form does (`forms::staff::register`).

mod caller;
mod message;
mod overtime;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::{Scope, needs};
use shared::category::CategoryNode;
use shared::quality::urgent_word;
use shared::register::LevelRow;
use shared::text::ticket::guarded;
use shared::text::{Text, citizen, desk, paper, staff, ticket, together};
use shared::ticket::level::{self, Haste, Impact};
use shared::ticket::rules::length;
use shared::ticket::view::{Related, TagView};
use shared::ticket::{Channel, RequestKind, SubjectType, Urgency};

use caller::PastOfCaller;
use message::{Begun, OfMessage};
use overtime::Overtime;

use crate::api::staff::{Asked, DeskWords, read_categories, read_desk, read_related};
use crate::components::category_select::CategorySelect;
use crate::components::form::{
    Check, ChoiceItem, Choices, Field, Form, OwnFields, Select, SelectItem, StepButton,
    SubmitButton, TagChoices, TextArea, use_form,
};
use crate::components::page::{Loaded, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::{StateBadge, When};
use crate::components::unit_select::UnitSelect;
use crate::context::{say, use_actor, use_locale};
use crate::pages::citizen::{MoreContact, Place, provide_kept_of};

/// `/desk`
#[component]
pub fn DeskPage() -> impl IntoView {
    // A message that is registered is newer than what was typed before.
    if use_query_map().with_untracked(|query| query.get("incoming").is_none()) {
        provide_kept_of("/desk");
    }
    view! {
        <StaffPage path="/desk" title=fixed(desk::TITLE)>
            <Form action="/desk" class="columns desk">
                <Begun/>
            </Form>
        </StaffPage>
    }
}

/// What related tickets are looked for by; follows the fields.
#[derive(Clone, Copy)]
struct Clues {
    phone: RwSignal<String>,
    channel: RwSignal<String>,
    reason: RwSignal<String>,
    region: RwSignal<String>,
    category: RwSignal<String>,
    /// What is taken down, and how urgent it is said to be.
    content: RwSignal<String>,
    urgency: RwSignal<String>,
    impact: RwSignal<String>,
    haste: RwSignal<String>,
}

impl Clues {
    /// Whether somebody calls.
    fn is_call(self) -> bool {
        self.channel.get() == Channel::Phone.as_str()
    }

    /// The number that is looked up: a call is the reason; one that is typed without a call waits for its reason.
    fn number(self) -> String {
        let has_reason = || self.reason.get().trim().chars().count() >= length::REVEAL_MIN;
        if self.is_call() || has_reason() {
            self.phone.get()
        } else {
            String::new()
        }
    }
}

#[component]
fn Content() -> impl IntoView {
    let form = use_form();
    let first = |names: [&str; 3]| {
        names
            .map(|name| form.initial(name, None))
            .into_iter()
            .find(|value| !value.is_empty())
            .unwrap_or_default()
    };
    let clues = Clues {
        phone: RwSignal::new(form.initial("citizen.phone", None)),
        channel: RwSignal::new(
            Some(form.initial("channel", None))
                .filter(|channel| !channel.is_empty())
                .unwrap_or_else(|| Channel::Phone.as_str().to_owned()),
        ),
        reason: RwSignal::new(form.initial(REASON, None)),
        region: RwSignal::new(first(["street", "county", "city"])),
        category: RwSignal::new(form.initial("category", None)),
        content: RwSignal::new(form.initial("content", None)),
        urgency: RwSignal::new(form.initial("urgency", None)),
        impact: RwSignal::new(form.initial("impact", None)),
        haste: RwSignal::new(form.initial("haste", None)),
    };
    let heard = move |event: leptos::ev::Event| {
        // Inputs and lists alike: whatever has a name.
        let name = named(&event);
        let heard = match name.as_str() {
            "citizen.phone" => clues.phone,
            "channel" => clues.channel,
            REASON => clues.reason,
            "content" => clues.content,
            "urgency" => clues.urgency,
            "impact" => clues.impact,
            "haste" => clues.haste,
            _ => return,
        };
        heard.set(event_target_value(&event));
    };
    let on_place = Callback::new(move |code: String| clues.region.set(code));
    let on_category = Callback::new(move |code: String| clues.category.set(code));
    let tree = Resource::new_blocking(|| (), |()| read_categories());
    let show = move |tree: Vec<CategoryNode>| view! { <CategorySelect tree help=desk::CATEGORY_HELP on_change=on_category/> };
    let office = Resource::new_blocking(|| (), |()| read_desk());
    let greet = move |words: DeskWords| view! { <Greeting words/> };
    let caller = move |words: DeskWords| view! { <Caller channels=words.channels clues/> };
    let propose = move |words: DeskWords| view! { <Proposed levels=words.levels clues/> };
    let mark = move |words: DeskWords| view! { <UnitSelect name="accused_unit" units=words.units help=guarded::UNIT_HELP optional=true/> <OwnFields fields=words.own category=clues.category/> <TagChoices tags=words.tags/> };
    view! {
        <div class="stack" on:change=heard>
            <Overtime/>
            <Loaded resource=office show=greet/>
            <OfMessage/>
            <Group title=desk::CALLER><Loaded resource=office show=caller/></Group>
            <Group title=desk::MATTER>
                <Matter/>
                <Loaded resource=tree show/>
            </Group>
            <Group title=desk::WHERE><Place position=false on_place/></Group>
            <Group title=desk::HANDLING>
                <Danger clues/>
                <Intake/>
                <Loaded resource=office show=propose/>
                <Loaded resource=office show=mark/>
            </Group>
            <OnPaper/>
            <p class="muted small">{say(desk::SUBMIT_HELP)}</p>
            <div class="action-bar"><SubmitButton label=desk::SUBMIT/></div>
        </div>
        <aside class="stack" aria-labelledby="related" on:change=heard>
            <PastOfCaller clues/>
            <section class="card stack">
                <h2 class="section-title" id="related">{say(desk::RELATED)}</h2>
                <RelatedTickets clues/>
            </section>
        </aside>
    }
}

/// What the office wants said when the telephone is picked up.
#[component]
fn Greeting(words: DeskWords) -> impl IntoView {
    view! { <p class="note greeting"><b>{say(desk::GREETING)}</b> " " <span>{words.greeting}</span></p> }
}

#[cfg(feature = "hydrate")]
type Target = web_sys::Element;
#[cfg(not(feature = "hydrate"))]
type Target = leptos::web_sys::Element;

/// The name of the field that changed.
pub(in crate::pages::staff) fn named(event: &leptos::ev::Event) -> String {
    event_target::<Target>(event)
        .get_attribute("name")
        .unwrap_or_default()
}

/// The field in which it is said why a number is looked up without a call.
const REASON: &str = "lookup_reason";

/// After so many more characters the words are compared again.
const WORDS: usize = 20;

#[component]
fn Group(title: Text, children: Children) -> impl IntoView {
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(title)}</h2>
            {children()}
        </section>
    }
}

/// Who asks, and by which channel; where nobody telephones, the first that is offered stands there.
#[component]
fn Caller(channels: Vec<TagView>, clues: Clues) -> impl IntoView {
    let locale = use_locale();
    let subjects: Vec<SelectItem> = SubjectType::ALL
        .iter()
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    let begins = channels
        .iter()
        .find(|it| it.code == Channel::Phone.as_str())
        .or(channels.first())
        .map_or_else(String::new, |it| it.code.clone());
    let chosen = clues.channel.get_untracked();
    if !channels.iter().any(|it| it.code == chosen) {
        clues.channel.set(begins.clone());
    }
    let channels: Vec<SelectItem> = channels
        .into_iter()
        .map(|it| SelectItem::new(it.code.clone(), it.name(locale)))
        .collect();
    view! {
        <div class="grid-2">
            <Field name="citizen.phone" kind="tel" inputmode="tel" help=desk::PHONE_HELP/>
            <Field name="citizen.name" optional=true/>
            <Select name="channel" label=staff::CHANNEL items=Signal::stored(channels) value=begins/>
            <Select name="subject_type" items=Signal::stored(subjects) value=SubjectType::Person.as_str()/>
        </div>
        <MoreContact title=desk::MORE id_help=desk::ID_HELP/>
    }
}

#[component]
fn Matter() -> impl IntoView {
    let kinds = RequestKind::ALL
        .iter()
        .map(|kind| ChoiceItem::new(kind.as_str(), kind.text()))
        .collect();
    view! {
        <Choices name="kind" items=kinds layout="inline"/>
        <TextArea name="content" help=desk::CONTENT_HELP max=length::CONTENT as u32 rows=6/>
        <Field name="title" optional=true help=desk::TITLE_HELP/>
        <Field name="occurred_at" kind="datetime-local" optional=true/>
        <Field name="accused" optional=true help=guarded::WORDS_HELP/>
    }
}

/// An urgent word and a normal urgency (V14): said, and nothing more.
#[component]
fn Danger(clues: Clues) -> impl IntoView {
    let locale = use_locale();
    let told = move || {
        let is_graded =
            Urgency::parse(&clues.urgency.get()).is_some_and(|it| it != Urgency::Normal);
        let word = clues.content.with(|content| urgent_word(content));
        word.filter(|_| !is_graded)
            .map(|word| view! { <p class="note warn">{desk::urgent_word(word, locale)}</p> })
    };
    view! { <div aria-live="polite">{told}</div> }
}

/// What the office's matrix proposes for impact and haste.
#[component]
fn Proposed(levels: Vec<LevelRow>, clues: Clues) -> impl IntoView {
    let locale = use_locale();
    let told = move || {
        let impact = Impact::parse(&clues.impact.get());
        let haste = Haste::parse(&clues.haste.get());
        let level = level::proposed(&levels, impact, haste)?;
        let words = desk::proposed(level.label(locale), locale);
        Some(view! { <p class="note">{words}</p> })
    };
    view! { <div aria-live="polite">{told}</div> }
}

#[component]
fn Intake() -> impl IntoView {
    let graded = Urgency::ALL.iter();
    let graded = graded.map(|it| ChoiceItem::new(it.as_str(), it.text()));
    let urgencies = std::iter::once(ChoiceItem::new("", desk::BY_MATRIX))
        .chain(graded)
        .collect();
    let impacts = Impact::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let hastes = Haste::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let identities = vec![
        ChoiceItem::new("open", citizen::OPEN),
        ChoiceItem::with_help(
            "confidential",
            citizen::CONFIDENTIAL,
            citizen::CONFIDENTIAL_HELP,
        ),
        ChoiceItem::with_help("anonymous", citizen::ANONYMOUS, citizen::ANONYMOUS_HELP),
    ];
    view! {
        <Choices name="impact" items=impacts layout="inline" optional=true/>
        <Choices name="haste" items=hastes layout="inline" optional=true/>
        <Choices name="urgency" items=urgencies value="" layout="inline"/>
        <Field name="urgency_reason" optional=true help=desk::LEVEL_REASON_HELP/>
        <Choices name="identity" items=identities legend=citizen::IDENTITY value="open"/>
        <Check name="no_reply" label=citizen::NO_REPLY help=citizen::NO_REPLY_HELP/>
    }
}

/// Asks, out of the way, for what was taken down while the system was away: the paper form's number, and when that was.
#[component]
fn OnPaper() -> impl IntoView {
    let form = use_form();
    let asked = use_query_map().with_untracked(|query| query.get("paper_no"));
    let typed = asked.is_some()
        || ["paper_no", "done_at"]
            .into_iter()
            .any(|name| !form.initial(name, None).is_empty());
    let open = move || typed || form.error("done_at").is_some() || form.error("paper_no").is_some();
    view! {
        <details class="fold later" open=open>
            <summary>{say(ticket::ENTERED_LATER)}</summary>
            <Field name="paper_no" optional=true help=paper::ENTER_HELP value=asked.unwrap_or_default()/>
            <Field name="done_at" kind="datetime-local" optional=true help=ticket::DONE_AT_HELP/>
            <p class="small"><a href="/paper">{say(paper::TO_FORMS)}</a></p>
        </details>
    }
}

/// Likely related tickets; one of them can be named as the earlier call.
#[component]
fn RelatedTickets(clues: Clues) -> impl IntoView {
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    let by_call = move || clues.is_call();
    // Words are compared when there are enough of them, and again each time that a line has come to them.
    let words = Memo::new(move |_| {
        clues.content.with(|content| {
            let lines = content.chars().count() / WORDS;
            content.chars().take(lines * WORDS).collect::<String>()
        })
    });
    let wanted = move || Asked {
        phone: clues.number(),
        channel: clues.channel.get(),
        reason: clues.reason.get(),
        region: clues.region.get(),
        category: clues.category.get(),
        content: words.get(),
    };
    let resource = Resource::new_blocking(wanted, |asked| async move {
        let is_placed = !asked.region.is_empty() && !asked.category.is_empty();
        if is_placed || !asked.phone.trim().is_empty() {
            read_related(asked).await.map(Some)
        } else {
            Ok(None)
        }
    });
    let show = |found: Option<Vec<Related>>| match found {
        None => view! { <p class="muted">{say(desk::RELATED_HINT)}</p> }.into_any(),
        Some(found) if found.is_empty() => {
            view! { <p class="muted">{say(desk::RELATED_NONE)}</p> }.into_any()
        }
        Some(found) => view! { <Found found/> }.into_any(),
    };
    view! {
        <div hidden=by_call>
            <Field name=REASON optional=true help=desk::LOOKUP_REASON_HELP/>
        </div>
        <div hidden=move || live.get()>
            <StepButton label=desk::RELATED_FIND value="related"/>
        </div>
        <div aria-live="polite"><Loaded resource show/></div>
    }
}

#[component]
fn Found(found: Vec<Related>) -> impl IntoView {
    let form = use_form();
    let chosen = form.initial("repeat_of", None);
    let joined = form.initial("joins", None);
    let may_join = found.iter().any(|it| it.may_join);
    // Agents may know of a colleague's ticket, but not open it.
    let scope = use_actor().and_then(|actor| needs::TICKETS.scope(&actor));
    let sees_all = scope.is_some_and(|scope| !matches!(scope, Scope::Own(_) | Scope::Team(_)));
    let tile = |related: Related| {
        let number = related.ticket_no.to_string();
        let why = match related.why.as_str() {
            "same_caller" => together::SAME_PHONE,
            "alike" => together::ALIKE,
            "same_phone" => desk::SAME_PHONE,
            _ => desk::SAME_MATTER,
        };
        let unit = related
            .unit
            .map(|unit| view! { " · " <span lang="zh-CN">{unit.name}</span> });
        let join_id = format!("{}-{number}", form.id("joins"));
        let joins = related.may_join.then(|| {
            let checked = number == joined;
            view! {
                <label class="choice slim" for=join_id.clone()>
                    <input type="radio" id=join_id.clone() name="joins" value=number.clone() checked=checked/>
                    <span>{say(together::JOIN)}</span>
                </label>
            }
        });
        let title = if sees_all {
            let href = format!("/tickets/{}", related.id);
            view! { <a href=href target="_blank" rel="noopener" lang="zh-CN">{related.title}</a> }
                .into_any()
        } else {
            view! { <b lang="zh-CN">{related.title}</b> }.into_any()
        };
        let id = format!("{}-{number}", form.id("repeat_of"));
        let checked = number == chosen;
        view! {
            <li class="related">
                <div class="row between">
                    {title}
                    <StateBadge state=related.state/>
                </div>
                <p class="muted small">{say(why)} " · " <When at=related.accepted_at/> " · " <span class="ticket-no" translate="no">{number.clone()}</span> {unit}</p>
                <label class="choice slim" for=id.clone()>
                    <input type="radio" id=id.clone() name="repeat_of" value=number checked=checked/>
                    <span>{say(desk::REPEAT)}</span>
                </label>
                {joins}
            </li>
        }
    };
    let none = format!("{}-none", form.id("repeat_of"));
    view! {
        <ul class="plain stack tight">{found.into_iter().map(tile).collect_view()}</ul>
        <label class="choice slim" for=none.clone()>
            <input type="radio" id=none.clone() name="repeat_of" value="" checked=chosen.is_empty()/>
            <span>{say(desk::NEW_MATTER)}</span>
        </label>
        {may_join.then(|| view! { <JoinsNone/> })}
    }
}

/// No request of others is joined; the box that is ticked unless another one is.
#[component]
fn JoinsNone() -> impl IntoView {
    let form = use_form();
    let none = format!("{}-none", form.id("joins"));
    let checked = form.initial("joins", None).is_empty();
    view! {
        <label class="choice slim" for=none.clone()>
            <input type="radio" id=none.clone() name="joins" value="" checked=checked/>
            <span>{say(together::JOIN_NONE)}</span>
        </label>
    }
}
