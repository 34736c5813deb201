//! Sentences for faults of the life of accounts: requests, handing over, stand-ins, reviews.
//! Not here: signing in and roles (`staff`).
//! Facts of a fault fill the numbers, as there.

use super::Facts;
use crate::access::Role;
use crate::account::life::{AccountAct, AccountRequestState, AccountState};
use crate::fault::Code;

/// The sentence for a code of the life of accounts; `None` for the others.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::AccountSelf => facts.say("自己的账号和自己提出的申请，要由另一位有权限的人办理。", "Your own account, and what you asked for yourself, is for somebody else to decide."),
        Code::AccountSamePerson => facts.say("这份申请前面的步骤是您办的，这一步要换一个人。", "You took an earlier step of this request; this one is for somebody else."),
        Code::AccountAbove => {
            let role = role(facts);
            facts.say(format!("{role}的权限范围比您的大，请由上一级的人办理。"), format!("{role} reaches further than you do; somebody above you has to do this."))
        }
        Code::AccountNotNow => {
            let state = facts.label("account_state", AccountState::parse, AccountState::label).unwrap_or_default();
            facts.say(format!("账号现在的状态（{state}）不能这样办理。"), format!("This does not fit how it stands with the account ({state})."))
        }
        Code::ScimPath => {
            let path = facts.get("path").unwrap_or("?");
            facts.say(format!("这个属性（{path}）不能这样修改。"), format!("This attribute ({path}) cannot be changed this way."))
        }
        Code::ScimFixed => facts.say("用户名和权限不能由统一身份修改。", "The sign-in name and rights are not changed by identity management."),
        Code::ScimFilter => facts.say("筛选条件无法识别，只支持 userName、externalId、active 的 eq 和 and。", "The filter is not read: userName, externalId and active with eq, joined by and."),
        Code::PlatformGone => {
            let platform = facts.get("platform").unwrap_or("?");
            facts.say(format!("平台“{platform}”已不再对接。"), format!("The platform {platform} is no longer linked."))
        }
        Code::AccountTasks => {
            let count = facts.get("count").unwrap_or("?");
            facts.say(format!("还有 {count} 项待办没有移交，请先指定由谁接手。"), format!("Tasks still open: {count}. Say first who takes them over."))
        }
        Code::AccountHeir => {
            let count = facts.get("count").unwrap_or("?");
            facts.say(format!("有 {count} 项待办此人接不了（没有权限、不在这个地区或是自己发起的），请换一个人。"), format!("Tasks that cannot go to this person (no right, elsewhere, or filed by them): {count}. Name somebody else."))
        }
        Code::AccountRequestOpen => {
            let act = facts.label("act", AccountAct::parse, AccountAct::label).unwrap_or_default();
            facts.say(format!("这个账号已有没办完的申请（{act}），请先办完或撤回。"), format!("Something is asked for about this account already ({act}); decide on it or withdraw it first."))
        }
        Code::AccountRequestNotNow => {
            let state = facts.label("request_state", AccountRequestState::parse, AccountRequestState::label).unwrap_or_default();
            facts.say(format!("这份申请的状态已经是“{state}”，请刷新后再看。"), format!("The request has gone on ({state}); please reload the page."))
        }
        Code::AccountDiffers => facts.say("这个用户名已有账号，姓名或单位与文件不同；改单位请走变更申请，同名的人请换一个用户名。", "There is an account of this name with another person or unit; ask for a change, or choose another user name."),
        Code::StandInThere => facts.say("这段时间已经请人代办，请先结束那一次。", "Somebody stands in for a part of this time already; end that first."),
        Code::StandInNotNow => facts.say("这次代办现在不能这样办理，请刷新后再看。", "This stand-in cannot be answered so any more; please reload the page."),
        Code::ReviewNotNow => facts.say("已经有人复核，或者复核已截止，请刷新后再看。", "It was answered already, or the review is closed; please reload the page."),
        Code::AccountTooLong => {
            let days = facts.get("days").unwrap_or("90");
            facts.say(format!("最长 {days} 天。"), format!("At most {days} days."))
        }
        _ => return None,
    })
}

/// The name of a role; of one that is data, its code.
fn role(facts: &Facts<'_>) -> String {
    let known = facts.label("role", Role::parse, Role::label);
    known.unwrap_or_else(|| facts.get("role").unwrap_or_default().to_owned())
}
