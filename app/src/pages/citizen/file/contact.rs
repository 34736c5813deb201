//! How to reach the citizen, and who will see who they are.
//! Not here: what is kept of an anonymous form (nothing; `forms::citizen::file`).
//! Of a citizen who has signed in, name and number stand there already; another number makes it somebody else's request.
//! Who acts for an organisation chooses it here; its name and code are then taken from what staff has looked at.
//! With script the name and phone fade out for anonymous forms; without it they are simply not kept.

use leptos::prelude::*;
use shared::text::citizen::mandate;
use shared::text::{Text, citizen};
use shared::ticket::SubjectType;

use crate::components::form::{Check, ChoiceItem, Choices, Field, Select, SelectItem, use_form};
use crate::context::{say, use_locale, use_seed};

/// The last group of the form.
#[component]
pub fn Contact() -> impl IntoView {
    let items = vec![
        ChoiceItem::with_help("open", citizen::OPEN, citizen::OPEN_HELP),
        ChoiceItem::with_help(
            "confidential",
            citizen::CONFIDENTIAL,
            citizen::CONFIDENTIAL_HELP,
        ),
        ChoiceItem::with_help("anonymous", citizen::ANONYMOUS, citizen::ANONYMOUS_HELP),
    ];
    let anonymous = RwSignal::new(use_form().initial("identity", None) == "anonymous");
    let on_change = Callback::new(move |value: String| anonymous.set(value == "anonymous"));
    let citizen = use_seed().with(|seed| seed.citizen.clone().unwrap_or_default());
    let phone = citizen.phone.unwrap_or_default();
    let name = citizen.name.unwrap_or_default();
    let organisations: Vec<SelectItem> = citizen
        .acts_for
        .into_iter()
        .map(|it| SelectItem::chinese(it.id.to_string(), it.organisation))
        .collect();
    let for_whom = (!organisations.is_empty()).then(|| {
        let items = Signal::stored(organisations);
        view! { <Select name="mandate" help=mandate::FOR_HELP items empty=mandate::MYSELF optional=true/> }
    });
    view! {
        {for_whom}
        <Choices name="identity" items legend=citizen::IDENTITY value="open" on_change=on_change/>
        <div class="grid-2" hidden=move || anonymous.get()>
            <Field name="citizen.phone" kind="tel" inputmode="tel" autocomplete="tel" help=citizen::PHONE_HELP value=phone/>
            <Field name="citizen.name" autocomplete="name" optional=true value=name/>
        </div>
        <div hidden=move || anonymous.get()>
            <MoreContact title=citizen::MORE_CONTACT id_help=citizen::ID_HELP subject=true/>
        </div>
        <Check name="no_reply" label=citizen::NO_REPLY help=citizen::NO_REPLY_HELP/>
    }
}

/// What stands behind the fold.
const MORE: [&str; 5] = [
    "citizen.backup_contact",
    "citizen.email",
    "citizen.organisation",
    "citizen.credit_code",
    "citizen.id_number",
];

/// Organisation, credit code, e-mail, another contact, identity number: behind a fold, which is open while something stands in it.
#[component]
pub fn MoreContact(
    /// What the fold is called.
    title: Text,
    /// When an identity number is asked for.
    id_help: Text,
    /// Asks who speaks as well, where nothing else of the form does.
    #[prop(optional)]
    subject: bool,
) -> impl IntoView {
    let form = use_form();
    let filled = MORE.iter().any(|name| !form.initial(name, None).is_empty());
    let open = move || filled || MORE.iter().any(|name| form.error(name).is_some());
    let locale = use_locale();
    let items: Vec<SelectItem> = SubjectType::ALL
        .iter()
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    let subject = subject.then(|| {
        view! { <Select name="subject_type" items=Signal::stored(items) value=SubjectType::Person.as_str()/> }
    });
    view! {
        <details class="fold" open=open>
            <summary>{say(title)}</summary>
            <p class="muted small">{say(citizen::MORE_HELP)}</p>
            <div class="grid-2">
                {subject}
                <Field name="citizen.organisation" autocomplete="organization" optional=true/>
                <Field name="citizen.credit_code" optional=true help=citizen::CREDIT_HELP/>
                <Field name="citizen.email" kind="email" inputmode="email" autocomplete="email" optional=true/>
                <Field name="citizen.backup_contact" optional=true help=citizen::BACKUP_HELP/>
                <Field name="citizen.id_number" optional=true help=id_help/>
            </div>
        </details>
    }
}
