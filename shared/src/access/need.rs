//! What an entrance asks of its caller (`Need`), and the needs of everything that is no verb: what is read, filed and looked after.
//! Each need stands once: here, or at its verb (`ticket::Verb::need`, `approval::ApprovalVerb::need`). Services, router and pages read it.
//! Not here: who holds a permission (`policy`), which entrances there are (`server::access`).

use super::{Actor, Held, Permission, Scope};
use crate::fault::{Code, Fault};

/// What an entrance asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: public words and figures, or a form that anybody may send.
    Nothing,
    /// Number and query code of the ticket.
    Code,
    /// The draft's id, and the account or the device that began it.
    Draft,
    /// A citizen who has signed in by a code.
    Citizen,
    /// Somebody whose password was right, also while the second factor is still asked.
    Begun,
    /// Any account, also one that has to do something before it may work: the own password, the own sessions.
    Account,
    /// Any account.
    SignedIn,
    /// This permission, inside its scope.
    Permission(Permission),
    /// This permission, inside its scope, and a proof of the person that is not old: what does much harm in a few minutes beside an
    /// unlocked desk.
    Fresh(Permission),
    /// What the form needs that is sent through it.
    FormsOwn,
    /// This machine, a configured network, or the token of whoever watches the server.
    Watcher,
    /// The signature of a configured gateway.
    Signature,
    /// An account on the machine that can read the key file.
    Owner,
    /// The program itself.
    System,
}

impl Need {
    /// The permission that is asked; `None` where it is something else.
    pub const fn permission(self) -> Option<Permission> {
        match self {
            Self::Permission(permission) | Self::Fresh(permission) => Some(permission),
            _ => None,
        }
    }

    /// Refuses an actor who does not meet the need. What is no matter of the actor (code, draft, key file, network, signature) is proven where it is
    /// handed in, and passes here.
    pub fn ask(self, actor: &Actor) -> Result<(), Fault> {
        let known = actor.user().is_some() || actor.is_system();
        let met = match self {
            Self::Nothing
            | Self::Code
            | Self::Draft
            | Self::FormsOwn
            | Self::Watcher
            | Self::Signature => {
                return Ok(());
            }
            // Nobody of staff acts as a citizen, whatever cookies a browser has.
            Self::Citizen => !known && actor.citizen.is_some(),
            Self::Begun => known,
            // A password and sessions are a person's own; a program's token is configuration.
            Self::Account if actor.who.partner().is_some() => false,
            Self::Account if actor.held != Some(Held::Factor) => known,
            _ if actor.held.is_some() => {
                let code = actor.held.map_or(Code::AccessDenied, Held::code);
                return Err(Fault::new(code));
            }
            Self::Account | Self::SignedIn => known,
            Self::Permission(permission) => actor.may(permission),
            // Who may not at all is not asked to prove anything.
            Self::Fresh(permission) if !actor.may(permission) => false,
            Self::Fresh(_) if actor.fresh || actor.is_system() => true,
            Self::Fresh(_) => return Err(Fault::new(Code::ProofNeeded)),
            Self::Owner | Self::System => actor.is_system(),
        };
        if met {
            Ok(())
        } else if known {
            Err(Fault::denied())
        } else {
            Err(Fault::new(Code::SignedOut))
        }
    }

    /// Whether the actor meets the need, if only after another proof.
    pub fn is_met_by(self, actor: &Actor) -> bool {
        match self.ask(actor) {
            Ok(()) => true,
            Err(fault) => fault.code == Code::ProofNeeded,
        }
    }

    /// The scope inside which the actor meets it; `None` when not at all, and for needs that have no scope.
    pub fn scope(self, actor: &Actor) -> Option<Scope> {
        match self {
            Self::Owner | Self::System => actor.is_system().then_some(Scope::All),
            _ => actor.scope(self.permission()?),
        }
    }
}

/// The needs of what is no verb, by matter.
pub mod needs {
    use super::{Need, Permission as P};

    /// The account of a citizen: the own requests, and what is done with them.
    pub const CITIZEN: Need = Need::Citizen;

    /// Who asks to act for an organisation, and the answer.
    pub const MANDATES: Need = Need::Permission(P::CitizenMandates);

    /// What citizens wish about their data, and the answer: whoever may correct and erase.
    pub const WISHES: Need = Need::Permission(P::TicketSupervise);

    /// Lists, counts, one ticket, its history and drawn process, its photos.
    pub const TICKETS: Need = Need::Permission(P::TicketView);
    /// One's own to-dos; for people without any the list is empty.
    pub const TO_DO: Need = Need::SignedIn;
    /// The desk with what it looks up.
    pub const DESK: Need = Need::Permission(P::TicketRegister);
    /// The page and the sheet of a dispatch.
    pub const DISPATCHING: Need = Need::Permission(P::TicketDispatch);
    /// The list as a file.
    pub const EXPORT: Need = Need::Permission(P::TicketExport);
    /// One's own notices and how one wants them.
    pub const NOTICES: Need = Need::SignedIn;
    /// Files of cases that one sees; which those are, the case says.
    pub const FILES: Need = Need::SignedIn;
    /// One's own long jobs.
    pub const JOBS: Need = Need::SignedIn;
    /// Those of others, in one's area.
    pub const OTHERS_JOBS: Need = Need::Permission(P::JobManage);
    /// What the database takes long for: whoever runs the system, as its keys.
    pub const STATEMENTS: Need = Need::Permission(P::KeyManage);
    /// Notifications that were not delivered, in one's area.
    pub const UNDELIVERED: Need = Need::Permission(P::NotificationManage);
    /// What the rules of quality find, the scores, and seeing to a finding.
    pub const QUALITY: Need = Need::Permission(P::QualityManage);
    /// The overtime alarm.
    pub const ALARMS: Need = Need::Permission(P::TicketSupervise);
    /// The plan of a unit, or one's own; who plans is asked by the verb.
    pub const PLANS: Need = Need::Permission(P::AssignmentReply);
    /// The follow-up pool: the list, taking a ticket to call the citizen, giving it back.
    pub const FOLLOW_UPS: Need = Need::Permission(P::TicketFollowUp);
    /// The overview report.
    pub const REPORT: Need = Need::Permission(P::ReportView);
    /// Signing a kept report.
    pub const SIGNING: Need = Need::Permission(P::ReportSign);
    /// Shelves, counts, one approval and its drawn process.
    pub const APPROVALS: Need = Need::Permission(P::ApprovalView);
    /// How many approvals wait; 0 for people without any.
    pub const APPROVAL_COUNT: Need = Need::SignedIn;
    /// What can be filed, and with which form.
    pub const FILING: Need = Need::Permission(P::ApprovalStart);
    /// The look at what is masked, of a ticket or an approval.
    pub const REVEAL: Need = Need::Permission(P::CitizenReveal);
    /// Definitions, versions and what runs on them; the check of a file.
    pub const PROCESSES: Need = Need::Permission(P::ProcessView);
    /// Deploying, activating and withdrawing versions.
    pub const DEPLOYING: Need = Need::Permission(P::ProcessManage);
    /// Moving all running cases of a version at once, and back.
    pub const MIGRATING: Need = Need::Fresh(P::ProcessOperate);
    /// Moving running cases and throwing events at them.
    pub const OPERATING: Need = Need::Permission(P::ProcessOperate);
    /// The office's lists with their revisions.
    pub const REGISTER: Need = Need::Permission(P::RegisterView);
    /// Drafting changes of the office's lists.
    pub const DRAFTING: Need = Need::Permission(P::RegisterEdit);
    /// Publishing drafts of the office's lists.
    pub const PUBLISHING: Need = Need::Permission(P::RegisterPublish);
    /// Whether the office can open, and the steps of setting it up.
    pub const READY: Need = Need::Permission(P::OfficeReady);
    /// Units, categories and divisions for programs; one's own account and unit.
    pub const DIRECTORY: Need = Need::SignedIn;
    /// The question for the second factor.
    pub const SECOND: Need = Need::Begun;
    /// The own account: its password and its sessions.
    pub const OWN: Need = Need::Account;
    /// Accounts and calendars.
    pub const ACCOUNTS: Need = Need::Permission(P::UserManage);
    /// What an identity management says of accounts by SCIM: who comes and who goes, and nothing of rights.
    pub const PROVISIONING: Need = Need::Permission(P::AccountProvision);
    /// Platforms that hear of our accounts, what they were told, and where they differ.
    pub const PLATFORMS: Need = Need::Permission(P::UserManage);
    /// Asking for accounts and posts of colleagues.
    pub const APPLYING: Need = Need::Permission(P::AccountApply);
    /// Looking at requests about accounts; which of them, and what may be done, each says.
    pub const ACCOUNT_REQUESTS: Need = Need::SignedIn;
    /// The stand-ins that one has to do with.
    pub const STAND_INS: Need = Need::SignedIn;
    /// Reviews of posts; which of them, the services say.
    pub const REVIEWS: Need = Need::SignedIn;
    /// Making the accounts of a table of people.
    pub const STAFFING: Need = Need::Fresh(P::UserManage);
    /// Setting somebody else's password, or making a link that does.
    pub const RESETS: Need = Need::Fresh(P::UserManage);
    /// Looking at the keys that sign access tokens.
    pub const KEYS: Need = Need::Permission(P::KeyManage);
    /// Making a new one.
    pub const ROTATION: Need = Need::Fresh(P::KeyManage);
    /// Looking at roles, at posts and at what they give.
    pub const ROLE_LIST: Need = Need::Permission(P::RoleGrant);
    /// Who can see a ticket, and why; nothing of the ticket but its number and state.
    pub const READERS: Need = Need::Permission(P::TicketReaders);
    /// The register of personal fields: for those who answer for who sees what.
    pub const PERSONAL: Need = Need::Permission(P::TicketReaders);
    /// Who looked at citizens' data: for those who answer for it, and for the unit whose tickets they are.
    pub const LOOKS: Need = Need::Permission(P::PersonalLooks);
    /// Composing roles, giving posts and taking them back.
    pub const ROLES: Need = Need::Fresh(P::RoleGrant);
    /// Reading the audit.
    pub const AUDIT: Need = Need::Permission(P::AuditRead);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Role, Who};
    use crate::ids::UserId;

    #[test]
    fn nobody_is_sent_to_sign_in_and_somebody_is_refused() {
        let person = |roles: &[Role]| {
            Actor {
                who: Who::Person(UserId(uuid::Uuid::from_u128(7))),
                ..Actor::visitor()
            }
            .with_roles(roles)
        };
        let code = |need: Need, actor: &Actor| need.ask(actor).err().map(|fault| fault.code);
        let (nobody, auditor) = (Actor::visitor(), person(&[Role::Auditor]));
        for need in [needs::TICKETS, needs::TO_DO, Need::Owner, Need::System] {
            assert_eq!(code(need, &nobody), Some(Code::SignedOut), "{need:?}");
            assert_eq!(code(need, &Actor::system()), None, "{need:?}");
        }
        for need in [needs::TICKETS, Need::Owner, Need::System] {
            assert_eq!(code(need, &auditor), Some(Code::AccessDenied), "{need:?}");
        }
        assert_eq!(code(needs::TO_DO, &auditor), None);
        assert_eq!(code(needs::TICKETS, &person(&[Role::Dispatcher])), None);
        assert_eq!(code(Need::Nothing, &nobody), None);
    }

    #[test]
    fn a_dangerous_act_asks_for_a_proof_of_who_may_and_refuses_who_may_not() {
        let admin = |fresh| {
            Actor {
                who: Who::Person(UserId(uuid::Uuid::from_u128(7))),
                fresh,
                ..Actor::visitor()
            }
            .with_roles(&[Role::SystemAdmin])
        };
        let auditor = admin(true).with_roles(&[Role::Auditor]);
        let code = |actor: &Actor| needs::ROTATION.ask(actor).err().map(|fault| fault.code);
        assert_eq!(code(&admin(true)), None);
        assert_eq!(code(&admin(false)), Some(Code::ProofNeeded));
        assert_eq!(code(&auditor), Some(Code::AccessDenied));
        assert_eq!(code(&Actor::visitor()), Some(Code::SignedOut));
        assert_eq!(code(&Actor::system()), None);
        assert!(needs::ROTATION.is_met_by(&admin(false)), "after a proof");
        assert!(needs::ROTATION.scope(&admin(false)).is_some());
    }

    #[test]
    fn a_citizen_reaches_nothing_of_staff_and_staff_nothing_of_citizens() {
        let citizen = Actor::citizen(crate::ids::CitizenId(uuid::Uuid::from_u128(9)));
        let person = Actor {
            who: Who::Person(UserId(uuid::Uuid::from_u128(7))),
            ..citizen.clone()
        }
        .with_roles(&[Role::Dispatcher]);
        let code = |need: Need, actor: &Actor| need.ask(actor).err().map(|fault| fault.code);
        assert_eq!(code(needs::CITIZEN, &citizen), None);
        assert_eq!(
            code(needs::CITIZEN, &Actor::visitor()),
            Some(Code::SignedOut)
        );
        assert_eq!(code(needs::CITIZEN, &person), Some(Code::AccessDenied));
        for need in [
            needs::TO_DO,
            needs::TICKETS,
            needs::OWN,
            Need::Begun,
            Need::Owner,
        ] {
            assert_eq!(code(need, &citizen), Some(Code::SignedOut), "{need:?}");
        }
        assert!(citizen.user().is_none() && !citizen.may(Permission::TicketView));
    }

    #[test]
    fn who_is_held_reaches_the_own_account_only() {
        let person = Actor {
            who: Who::Person(UserId(uuid::Uuid::from_u128(7))),
            ..Actor::visitor()
        }
        .with_roles(&[Role::Dispatcher]);
        let held = person.held_by(Held::Password);
        let code = |need: Need| need.ask(&held).err().map(|fault| fault.code);
        assert_eq!(code(needs::OWN), None);
        assert_eq!(code(Need::Nothing), None);
        for need in [needs::TO_DO, needs::TICKETS, needs::DIRECTORY, Need::Owner] {
            assert_eq!(code(need), Some(Code::PasswordChange), "{need:?}");
        }
        let half = held.clone().held_by(Held::Factor);
        for need in [needs::OWN, needs::TICKETS] {
            let told = need.ask(&half).map_err(|fault| fault.code);
            assert_eq!(told, Err(Code::FactorNeeded), "{need:?}");
        }
        assert!(needs::SECOND.is_met_by(&half));
        assert_eq!(needs::TICKETS.scope(&held), None);
        assert_eq!(
            needs::OWN
                .ask(&Actor::visitor())
                .map_err(|fault| fault.code),
            Err(Code::SignedOut)
        );
    }
}
