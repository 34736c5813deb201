//! Forms of a ticket's life between dispatch and closing, and after it: suspend, resume, interim reply, terminate, reopen, the unit's own word, and the rulings on them.
//! Not here: more time and sending back (`unit`).
//! What is asked for stands with the assignment, beside these forms.

use leptos::prelude::*;
use shared::application::SuspensionReason;
use shared::file::FileView;
use shared::text::ticket::endorse as words;
use shared::text::{Text, ticket};
use shared::ticket::rules::length;
use shared::ticket::{DeclineReason, Verb};

use super::evidence::Proofs;
use super::{Act, VerbForm};
use crate::components::form::{
    ChoiceItem, Choices, Field, Select, SelectItem, SubmitButton, TextArea,
};
use crate::context::use_locale;

/// The form of a verb of this stage.
pub fn form(act: &Act, files: &[FileView]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Endorse => endorse(act),
        Verb::SuspendWork => suspend(act, files.to_vec()),
        Verb::ResumeWork => resume(act),
        Verb::Interim => interim(act),
        Verb::Terminate => terminate(act),
        Verb::Reopen => reopen(act),
        Verb::RuleSuspension => ruling(
            act,
            [ticket::SUSPENSION_GRANT, ticket::SUSPENSION_REFUSE],
            ticket::OPINION_HELP,
        ),
        Verb::RuleInterim => ruling(
            act,
            [ticket::INTERIM_GRANT, ticket::INTERIM_REFUSE],
            ticket::OPINION_HELP,
        ),
        Verb::RuleTermination => ruling(
            act,
            [ticket::TERMINATION_GRANT, ticket::TERMINATION_REFUSE],
            ticket::OPINION_HELP,
        ),
        Verb::RuleReopening => ruling(
            act,
            [ticket::REOPENING_GRANT, ticket::REOPENING_REFUSE],
            ticket::REOPENING_OPINION_HELP,
        ),
        _ => return None,
    })
}

fn suspend(act: &Act, files: Vec<FileView>) -> AnyView {
    let locale = use_locale();
    let reasons: Vec<SelectItem> = SuspensionReason::ALL
        .iter()
        .map(|reason| SelectItem::new(reason.as_str(), reason.label(locale)))
        .collect();
    view! {
        <VerbForm act=act.clone() help=ticket::SUSPEND_HELP>
            <Select name="reason" items=Signal::stored(reasons)/>
            <Field name="until" label=ticket::GOES_ON kind="date"/>
            <TextArea name="explanation" help=ticket::SUSPEND_EXPLAIN max=length::EXPLANATION as u32 rows=3/>
            <Proofs files/>
            <p><SubmitButton label=ticket::SUSPEND_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn resume(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::RESUME_HELP>
            <TextArea name="reason" optional=true max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=ticket::RESUME_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn interim(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::INTERIM_HELP>
            <TextArea name="public_words" help=ticket::INTERIM_PUBLIC_HELP max=length::REASON as u32 rows=3/>
            <Field name="until" label=ticket::PROMISED kind="date"/>
            <TextArea name="explanation" help=ticket::INTERIM_EXPLAIN max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=ticket::INTERIM_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn terminate(act: &Act) -> AnyView {
    let locale = use_locale();
    let reasons: Vec<SelectItem> = DeclineReason::ALL
        .iter()
        .map(|reason| {
            let words = format!("{} {}", reason.code(), reason.label(locale));
            SelectItem::new(reason.as_str(), words)
        })
        .collect();
    view! {
        <VerbForm act=act.clone() help=ticket::TERMINATE_HELP>
            <Select name="reason" items=Signal::stored(reasons)/>
            <TextArea name="public_words" help=ticket::TERMINATE_PUBLIC_HELP max=length::REASON as u32 rows=3/>
            <TextArea name="explanation" help=ticket::TERMINATE_EXPLAIN max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=ticket::TERMINATE_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn reopen(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::REOPEN_HELP>
            <TextArea name="fact" max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=ticket::REOPEN_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn endorse(act: &Act) -> AnyView {
    let items = vec![
        ChoiceItem::new("yes", words::YES),
        ChoiceItem::new("no", words::NO),
    ];
    view! {
        <VerbForm act=act.clone() help=words::HELP>
            <Choices name="endorse" items/>
            <TextArea name="opinion" help=ticket::OPINION_HELP optional=true max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=words::SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn ruling(act: &Act, [grant, refuse]: [Text; 2], help: Text) -> AnyView {
    let items = vec![ChoiceItem::new("yes", grant), ChoiceItem::new("no", refuse)];
    let optional = act.verb != Verb::RuleReopening;
    view! {
        <VerbForm act=act.clone()>
            <Choices name="grant" items/>
            <TextArea name="opinion" optional=optional help=help max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=ticket::RULE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}
