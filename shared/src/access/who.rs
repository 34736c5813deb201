//! Which of those who can act does: a person, the citizen, a partner's program, a job, a process, or the installation itself.
//! Not here: name, unit and roles of an account (`Actor`), which partners there are (configuration).
//! What stands in history and audit is the kind and, of programs and jobs, their code.

use serde::{Deserialize, Serialize};

use crate::ids::UserId;

codes! {
    /// What kind of actor did something, as history and audit keep it.
    ActorKind {
        Person = "P", "person", "工作人员", "Staff";
        Citizen = "C", "citizen", "诉求人", "The citizen";
        Partner = "X", "partner", "对接系统", "A partner's system";
        Job = "J", "job", "后台任务", "A job";
        Process = "F", "process", "流程", "The process";
        System = "S", "system", "系统", "The system";
    }
}

/// The code of a partner, by which configuration, history, audit and keys name it: 2 to 32 small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartnerCode(String);

impl PartnerCode {
    /// The code of a text, when it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let good = (2..=32).contains(&text.len())
            && text.bytes().all(plain)
            && !text.starts_with('-')
            && !text.ends_with('-');
        good.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for PartnerCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// Which of them acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// A signed-in person.
    Person(UserId),
    /// The citizen: a visitor of the public pages, or who holds number and query code.
    Citizen,
    /// A partner's program, which works under an account of its own: rights, unit and area are the account's.
    Partner {
        /// Which partner.
        code: PartnerCode,
        /// Its account.
        account: UserId,
    },
    /// Work that the house does by itself, by the name of the job.
    Job(String),
    /// The process of a case: what a timer, a service or a message did there.
    Process,
    /// The installation at the word of whoever keeps the machine: a command line.
    System,
}

impl Who {
    /// What kind it is.
    pub const fn kind(&self) -> ActorKind {
        match self {
            Self::Person(_) => ActorKind::Person,
            Self::Citizen => ActorKind::Citizen,
            Self::Partner { .. } => ActorKind::Partner,
            Self::Job(_) => ActorKind::Job,
            Self::Process => ActorKind::Process,
            Self::System => ActorKind::System,
        }
    }

    /// Which partner, or which job.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Partner { code, .. } => Some(code.as_str()),
            Self::Job(name) => Some(name),
            Self::Person(_) | Self::Citizen | Self::Process | Self::System => None,
        }
    }

    /// The partner whose program it is.
    pub const fn partner(&self) -> Option<&PartnerCode> {
        match self {
            Self::Partner { code, .. } => Some(code),
            _ => None,
        }
    }

    /// The account under which a person or a program acts.
    pub const fn account(&self) -> Option<UserId> {
        match self {
            Self::Person(user) | Self::Partner { account: user, .. } => Some(*user),
            Self::Citizen | Self::Job(_) | Self::Process | Self::System => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Actor, Permission as P, Role, needs};

    #[test]
    fn a_partners_code_is_plain() {
        for good in ["js12345", "nj-water", "12345"] {
            assert_eq!(
                PartnerCode::parse(good).map(|it| it.to_string()).as_deref(),
                Some(good)
            );
        }
        let long = "a".repeat(33);
        for bad in [
            "", "a", "NJ-water", "nj water", "-nj", "nj-", "南京", "a:b", &long,
        ] {
            assert_eq!(PartnerCode::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_program_has_its_accounts_rights_but_never_those_of_people_alone() {
        let account = UserId(uuid::Uuid::from_u128(7));
        let person = Actor {
            who: Who::Person(account),
            region: Some("320100".to_owned()),
            unit: Some("JD".to_owned()),
            ..Actor::visitor()
        }
        .with_roles(&[Role::Dispatcher, Role::Handler, Role::SecurityAdmin]);
        let code = PartnerCode::parse("nj-water").expect("a code");
        let program = Actor {
            who: Who::Partner { code, account },
            ..person.clone()
        };
        for same in [P::TicketView, P::TicketRegister, P::AssignmentReply] {
            assert!(person.may(same), "{same}");
            assert_eq!(program.scope(same), person.scope(same), "{same}");
        }
        for never in [P::CitizenReveal, P::TicketDispatch, P::RoleGrant] {
            assert!(person.may(never) && !program.may(never), "{never}");
        }
        assert!(needs::OWN.ask(&person).is_ok() && needs::OWN.ask(&program).is_err());
        assert_eq!(program.user(), Some(account));
        assert_eq!(
            (program.who.kind(), program.who.code()),
            (ActorKind::Partner, Some("nj-water"))
        );
    }

    #[test]
    fn the_house_itself_needs_no_rights_and_has_no_account() {
        for house in [Actor::system(), Actor::job("import"), Actor::process()] {
            assert!(house.is_system() && house.may(P::TicketRegister) && house.user().is_none());
        }
        assert!(!Actor::visitor().is_system() && !Actor::visitor().may(P::TicketRegister));
    }
}
