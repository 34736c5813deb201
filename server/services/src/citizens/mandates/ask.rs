//! The citizen's side: asking to act for an organisation, how it stands, and stopping it.
//! Not here: the answer (`decide`).
//! The citizen does not learn who of staff decided.

use chrono::NaiveDate;
use shared::calendar::{Instant, day_start, days_after};
use shared::citizen::mandate::{
    AskMandate, LEGAL_DAYS, MOST_ASKED, MandateRole, MandateState, MandateView, OwnMandates,
};
use shared::fault::{Check, Code, Fault};
use shared::ids::MandateId;
use shared::place::Division;
use shared::register::{Keep, setting_of};
use shared::ticket::view::Named;
use store::Tx;
use store::citizens;
use store::record::{Mandate, MandateWords};

use super::{audited, over, save, shown};
use crate::citizens::myself;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::tickets::place_of;

/// The caller's mandates, and what asking for one needs.
///
/// # Errors
/// `session.signed_out`; of the store.
pub async fn mine(ctx: &Ctx) -> Result<OwnMandates, Fault> {
    let known = myself(ctx)?;
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let found = citizens::mandates_of(&db, known.account.id).await;
    let items = found.settle(&ctx.services)?;
    let cities = crate::directory::divisions_below(ctx, "").await?;
    let named = |city: Division| Named {
        code: city.code,
        name: city.name,
    };
    Ok(OwnMandates {
        items: items
            .into_iter()
            .map(|mandate| shown(ctx, &reference, mandate))
            .collect(),
        cities: cities.into_iter().map(named).collect(),
        name: known.account.name.clone(),
    })
}

/// Asks to act for an organisation.
///
/// # Errors
/// `session.signed_out`; field faults: `input.place`, `input.date` for a day that is past, `mandate.ask` for too late a day and for an organisation
/// that was asked for already; `mandate.ask` when too many wait.
pub async fn ask(ctx: &Ctx, command: AskMandate) -> Result<MandateView, Fault> {
    let known = myself(ctx)?;
    let reference = ctx.services.reference().await?;
    let mut check = Check::default();
    let place = place_of(&reference, command.city.as_str());
    if place.is_none() {
        check.add("city", Code::InputPlace);
    }
    let most = most_days(ctx, command.acts_as).await?;
    until(ctx.now(), command.valid_until, most, &mut check);
    check.finish()?;
    let now = ctx.now();
    let mandate = Mandate {
        id: MandateId(ctx.services.new_id()),
        citizen: known.account.id,
        city: place.map(|place| place.city).unwrap_or_default(),
        acts_as: command.acts_as,
        asked_at: now,
        ends_at: day_start(days_after(command.valid_until, 1)),
        state: MandateState::Asked,
        version: 1,
        decided_at: None,
        decided_by: None,
        decided_by_name: None,
        ended_at: None,
        ended_by_name: None,
        reason: None,
        words: MandateWords {
            organisation: command.organisation.into(),
            credit_code: command.credit_code.into(),
            name: command.name.into(),
            evidence: command.evidence.map(Into::into),
        },
    };
    let kept = mandate.clone();
    let entry = audited(ctx, "mandate.ask", &mandate);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (mandate, entry) = (kept.clone(), entry.clone());
            Box::pin(async move {
                may_ask(tx, &mandate, now).await?;
                citizens::ask(tx, &mandate).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(shown(ctx, &reference, mandate))
}

/// For how many days at most somebody acts for an organisation.
async fn most_days(ctx: &Ctx, acts_as: MandateRole) -> Result<i32, Fault> {
    if !acts_as.needs_letter() {
        return Ok(LEGAL_DAYS);
    }
    let key = setting_of(Keep::MANDATES.key);
    let said = store::settings::get(&ctx.services.store().reader(), &key).await;
    Ok(Keep::MANDATES.of(said.settle(&ctx.services)?.as_deref()))
}

/// Whether a last day is none that is past, and none too far off.
fn until(now: Instant, day: NaiveDate, most: i32, check: &mut Check) {
    let today = now.date();
    let days = u64::try_from(most).unwrap_or_default();
    if day < today {
        check.add_with("valid_until", Code::InputDate, &[("today", &today)]);
    } else if day > days_after(today, days) {
        check.add_with(
            "valid_until",
            Code::MandateAsk,
            &[("why", &"long"), ("max", &most)],
        );
    }
}

/// One question for an organisation waits at a time, and not too many for all of them.
async fn may_ask(tx: &Tx, wanted: &Mandate, now: Instant) -> Result<(), Failure> {
    let mut waiting = citizens::mandates_of(tx, wanted.citizen).await?;
    waiting.retain(|it| it.state.at(it.ends_at, now) == MandateState::Asked);
    let same = |it: &Mandate| it.words.credit_code == wanted.words.credit_code;
    if waiting.iter().any(same) {
        let mut check = Check::default();
        check.add_with("credit_code", Code::MandateAsk, &[("why", &"open")]);
        check.finish()?;
    }
    if waiting.len() >= MOST_ASKED {
        return Err(Fault::new(Code::MandateAsk).fact("why", "many").into());
    }
    Ok(())
}

/// Takes back what waits, or ends what holds.
///
/// # Errors
/// `not_found` for another's; `mandate.decide` for one that is over.
pub async fn end_own(ctx: &Ctx, id: MandateId) -> Result<MandateView, Fault> {
    let known = myself(ctx)?;
    let reference = ctx.services.reference().await?;
    let (citizen, ctx_in) = (known.account.id, ctx.clone());
    let ended = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let ctx = ctx_in.clone();
            Box::pin(async move {
                let found = citizens::mandate(tx, id).await?;
                let own = found.filter(|mandate| mandate.citizen == citizen);
                let mut mandate = own.ok_or_else(Fault::missing)?;
                if !mandate.state.at(mandate.ends_at, ctx.now()).is_open() {
                    return Err(over().into());
                }
                mandate.state = MandateState::Ended;
                mandate.ended_at = Some(ctx.now());
                save(tx, &mut mandate).await?;
                let entry = audited(&ctx, "mandate.end", &mandate);
                store::audit::append(tx, &[entry]).await?;
                Ok(mandate)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(shown(ctx, &reference, ended))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_neither_past_nor_too_far_off() {
        let now = Instant::parse("2026-03-02T23:30:00+08:00").expect("a time");
        let told = |day: &str, most| {
            let mut check = Check::default();
            until(
                now,
                shared::calendar::day(day).expect("a day"),
                most,
                &mut check,
            );
            check.finish().err().map(|fault| fault.fields[0].code)
        };
        assert_eq!(told("2026-03-02", 730), None, "today is a day");
        assert_eq!(told("2028-03-01", 730), None);
        assert_eq!(told("2026-03-01", 730), Some(Code::InputDate));
        assert_eq!(told("2028-03-02", 730), Some(Code::MandateAsk));
    }
}
