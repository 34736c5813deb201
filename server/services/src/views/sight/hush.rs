//! Numbers of people inside whatever people wrote, hidden in a finished view where its reader does not see such numbers in the clear (I12): replies,
//! notes, opinions, facts of the history, reasons. Each view says of each of its fields whether people's words stand in it; one that it gains does
//! not compile before that is said. A text without as many digits as a number has is looked at once and left.
//! Not here: the citizen's block, title and content of a row (the parent), answers to own fields (`tickets::own`), what counts as a number
//! (`shared::person::conceal`).

use std::collections::BTreeMap;

use shared::application::Meeting;
use shared::fault::{Code, Fault};
use shared::file::FileView;
use shared::person::{conceal, holds_mask, may_hold_number, restored};
use shared::ticket::plan::{PartPlan, PlanItem, PlannedView};
use shared::ticket::proposal::{ProposalView, Refusal};
use shared::ticket::together::{LinkView, MergedView, TogetherView};
use shared::ticket::view::{
    ApplicationView, AssignmentView, AttachmentView, ContactView, DirectiveRow, DirectiveSheet,
    DirectiveView, EndorsedView, FollowUpView, GatheredView, HistoryEvent, HoldView, RatingView,
    ReplyView, RulingView, SiteView, TicketDetail, TicketRow, TicketSheet, TransferView, TreeView,
};
use store::record::TicketCase;

use super::Sight;
use crate::context::Ctx;

/// A view in which people's words stand.
pub(crate) trait Worded {
    /// Hides the numbers of people in them.
    fn hush(&mut self);
}

/// A view of a case as the actor may read it.
pub(crate) fn of_case<T: Worded>(ctx: &Ctx, case: &TicketCase, mut view: T) -> T {
    if !Sight::of_case(&ctx.actor, case).shows_numbers() {
        view.hush();
    }
    view
}

/// A view for somebody of whom no more is known than that nothing is in the clear.
pub(crate) fn always<T: Worded>(mut view: T) -> T {
    view.hush();
    view
}

/// What was typed over a text that a form began with: a mask that came back is the number again, so that nothing is lost by saving.
///
/// # Errors
/// `input.masked` at the field, for a mask of which it is not known what it hides.
pub(crate) fn came_back(field: &str, before: Option<&str>, typed: &str) -> Result<String, Fault> {
    let text = restored(before.unwrap_or_default(), typed);
    if holds_mask(&text) {
        return Err(Fault::field(field, Code::InputMasked));
    }
    Ok(text)
}

impl Worded for String {
    fn hush(&mut self) {
        if may_hold_number(self) {
            *self = conceal(self);
        }
    }
}

impl<T: Worded> Worded for Option<T> {
    fn hush(&mut self) {
        if let Some(it) = self {
            it.hush();
        }
    }
}

impl<T: Worded> Worded for Vec<T> {
    fn hush(&mut self) {
        for it in self {
            it.hush();
        }
    }
}

/// Facts by their names: what something is looked up by stays what it is.
impl Worded for BTreeMap<String, String> {
    fn hush(&mut self) {
        for (name, fact) in self {
            if !is_looked_up_by(name) {
                fact.hush();
            }
        }
    }
}

/// Numbers of cases, ids and sign-in names, which may well be somebody's number.
fn is_looked_up_by(name: &str) -> bool {
    matches!(name, "id" | "no" | "code" | "key" | "user" | "username")
        || name.ends_with("_id")
        || name.ends_with("_no")
}

/// A view, the fields with people's words, and all others.
macro_rules! worded {
    ($($view:ident { $($word:ident)* } { $($other:ident)* })+) => {$(
        impl Worded for $view {
            fn hush(&mut self) {
                let Self { $($word,)* $($other: _,)* } = self;
                $($word.hush();)*
            }
        }
    )+};
}

worded! {
    TicketSheet
        { detail history files together }
        { explained may_add_files ladders ledger may_note }
    TicketDetail
        { row content accused address source_words attachments hold transfers links assignments follow_ups first_rating latest_rating answer
          decline_explanation proposal }
        { channel_name subject_type lon lat occurred_at accused_unit reply_required source_system external_no citizen hidden archive bodies checklist decline_reason
          actions may_reveal reasons own }
    TicketRow
        { title }
        { id ticket_no version cycle_no kind channel state urgency category region lead_unit anonymous confidential paper_no accepted_at
          updated_at closed_at deadline satisfaction urge_count not_counted unreasonable difficult rung tags own }
    AssignmentView
        { advice applications contacts sites reply tree plan }
        { id version cycle_no role unit status dispatched_at sign_deadline deadline signed_at replied_at final_ruling return_count
          contact_deadline dispute responsible colleagues actions }
    ApplicationView
        { explanation public_words opinion legal_basis meeting directive ruling endorsed }
        { id application_no sort return_reason extension_reason suggested_unit days suspension_reason files termination_reason difficult_reason
          until asked_at status granted_days duty stage ruled_unit is_final }
    Meeting { minutes parties agree against } { held_on }
    DirectiveView { answer } { state cause level due also answered_at answered_by returned }
    EndorsedView { words } { waits supported by at }
    RulingView { advice } { reason revokes asked_by supported advised_by decided_by }
    ContactView { note } { at done_at by way reached lon lat files }
    SiteView
        { address found measures }
        { at by kind visited_at lon lat officer officer_no second_officer second_officer_no files }
    ReplyView
        { handling public_reply unsolved_reason basis }
        { fact_true solved contacted contact_tries replied_at passed alike }
    TreeView { gathered } { parent level below open answered }
    GatheredView { handling public_reply } {}
    PartPlan { planned } { people }
    PlannedView { note } { user name day day_part hours }
    PlanItem { ticket planned } { assignment version status due_at responsible clashes }
    HoldView { words } { kind until reason }
    TransferView
        { explanation public_words }
        { n body body_zh body_en at done_at by receipt receipt_at goes_on }
    LinkView { title note } { other kind is_from_other at by }
    TogetherView { merged } { lead is_merged people tickets }
    MergedView { title private_words } { id ticket_no merged_at answered_at }
    FollowUpView
        { opinion }
        { at done_at by channel connected staff_contacted report_true solved satisfaction outcome appointed_at }
    RatingView { words } { satisfaction solved source at }
    ProposalView { advice refused } { by at causes lead assisting assist_due category urgency }
    Refusal { opinion } { by at }
    HistoryEvent { note facts } { seq verb at done_at actor actor_code by unit from_state to_state }
    AttachmentView { name } { id media_type size width height state }
    FileView { name } { id kind size sha256 state place assignment slot task event version may_remove by at }
    DirectiveSheet { row title demand opinion } { decided_at decided_by }
    DirectiveRow { directive } { id application_no ticket ticket_no assignment unit issued_at issued_by }
}

#[cfg(test)]
mod tests {
    use shared::calendar::Instant;
    use shared::ticket::ContactWay;

    use super::*;

    fn contact(note: &str) -> ContactView {
        ContactView {
            at: Instant(1_772_416_800_123),
            done_at: None,
            by: Some("13812345678".to_owned()),
            way: ContactWay::Call,
            reached: true,
            note: Some(note.to_owned()),
            lon: None,
            lat: None,
            files: Vec::new(),
        }
    }

    #[test]
    fn numbers_go_out_of_words_and_everything_else_stays_to_the_millisecond() {
        let hidden = always(vec![contact("请打 138 1234 5678"), contact("已联系")]);
        assert_eq!(
            hidden,
            [contact("请打 138****5678"), contact("已联系")],
            "time and who it was are what they were"
        );
        let facts = [
            ("reason", "卡号 6222 0202 0011 2233 446"),
            ("user", "13812345678"),
            ("external_no", "13812345678"),
        ];
        let facts = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned()));
        let hidden = always(BTreeMap::from(facts));
        assert_eq!(hidden["reason"], "卡号 6222***********3446");
        assert_eq!(hidden["user"], "13812345678");
        assert_eq!(hidden["external_no"], "13812345678");
    }

    #[test]
    fn a_mask_that_came_back_is_the_number_again() {
        let before = "先打 13812345678，再打13987654321";
        let back = |typed: &str| came_back("plan_note", Some(before), typed);
        assert_eq!(back(&conceal(before)).ok().as_deref(), Some(before));
        let edited = back("先打 139****4321").expect("known");
        assert_eq!(edited, "先打 13987654321");
        let other = back("先打 137****0000").expect_err("not known");
        assert_eq!(other.fields[0].code, Code::InputMasked);
        assert!(came_back("plan_note", None, "上午去").is_ok());
    }
}
