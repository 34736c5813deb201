//! What each entrance that does something writes into the audit, and why the others write nothing.
//! Deliberately absent: verbs on cases, whose act is the verb (`audited`); jobs, which write as what they are.
//! A new entrance needs its place in one of the two tables; entrances of one line are divided by bars.

/// Acts with the entrances that write them; `a.*` is any act that begins so. Reading a ticket or a file is written where the ticket is
/// discreet or something of it is shown in clear.
pub const ACTS: &[(&str, &str)] = &[
    (
        "session.sign_in",
        "/sign-in | POST /api/v1/sessions | GET /sign-in/provider/back",
    ),
    (
        "session.provider_log_out",
        "POST /api/v1/sessions/provider-log-out",
    ),
    ("user.identity", "/staff/accounts/{name}/link"),
    (
        "user.identity_removed",
        "/account/provider/{id}/remove | /staff/accounts/{name}/unlink",
    ),
    ("session.sign_out", "/sign-out"),
    (
        "account.provision",
        "POST /scim/v2/Users | PUT /scim/v2/{kind}/{id} | PATCH /scim/v2/{kind}/{id} | DELETE /scim/v2/{kind}/{id}",
    ),
    (
        "platform.push",
        "/staff/platforms/{id}/push | POST /api/v1/platforms/pushes/{id}/again",
    ),
    ("session.prove", "POST /api/v1/sessions/proof"),
    ("user.set_up", "/set-up"),
    ("user.reset", "/reset | POST /api/v1/password-resets"),
    (
        "register",
        "/file | /desk | POST /api/v1/tickets | POST /api/v1/citizen/requests",
    ),
    (
        "urge",
        "/track/ticket/urge | /me/requests/{no}/urge | POST /api/v1/citizen/requests/{no}/urge",
    ),
    (
        "reopen",
        "/track/ticket/reopen | /me/requests/{no}/reopen | POST /api/v1/citizen/requests/{no}/reopen",
    ),
    (
        "withdraw",
        "/track/ticket/withdraw | /me/requests/{no}/withdraw | POST /api/v1/citizen/requests/{no}/withdraw",
    ),
    (
        "rate",
        "/track/ticket/rate | /me/requests/{no}/rate | POST /api/v1/citizen/requests/{no}/rate | /rate/{token}",
    ),
    (
        "citizen.sign_in",
        "/me/sign-in | POST /api/v1/citizen/sessions",
    ),
    ("citizen.code", "POST /api/v1/citizen/codes"),
    ("citizen.sign_out", "/me/sign-out"),
    ("citizen.name", "/me/account/name"),
    (
        "citizen.sign_out_everywhere",
        "/me/account/everywhere | DELETE /api/v1/citizen/sessions",
    ),
    ("citizen.close", "/me/account/close"),
    (
        "mandate.ask",
        "/me/mandates/ask | POST /api/v1/citizen/mandates",
    ),
    (
        "mandate.end",
        "/me/mandates/{id}/end | /staff/mandates/{id}/end | POST /api/v1/citizen/mandates/{id}/end \
        | POST /api/v1/mandates/{id}/end",
    ),
    (
        "mandate.*",
        "/staff/mandates/{id}/decide | POST /api/v1/mandates/{id}/decide",
    ),
    ("mandate.look", "/fn/staff/mandates | GET /api/v1/mandates"),
    (
        "wish.ask",
        "/me/data/{no}/correct | /me/data/{no}/erase | POST /api/v1/citizen/requests/{no}/correction \
        | POST /api/v1/citizen/requests/{no}/erasure",
    ),
    (
        "wish.take_back",
        "/me/wishes/{id}/take-back | POST /api/v1/citizen/wishes/{id}/take-back",
    ),
    (
        "wish.*",
        "/staff/wishes/{id}/decide | POST /api/v1/wishes/{id}/decide",
    ),
    ("wish.look", "/fn/staff/wishes | GET /api/v1/wishes"),
    (
        "user.password",
        "/account/password | POST /api/v1/account/password | user password",
    ),
    (
        "session.end",
        "/account/sessions/{id}/end | /staff/accounts/{name}/sessions/{id}/end | DELETE /api/v1/account/sessions/{id} \
        | DELETE /api/v1/accounts/{username}/sessions/{id} | user end",
    ),
    (
        "session.end_all",
        "/account/sessions/end | /staff/accounts/{name}/end | DELETE /api/v1/account/sessions \
        | DELETE /api/v1/accounts/{username}/sessions",
    ),
    (
        "user.reset_link",
        "/staff/accounts/{name}/reset | POST /api/v1/accounts/{username}/reset | user reset",
    ),
    ("user.factor", "/account/factor/confirm"),
    (
        "user.factor_reset",
        "/account/factor/remove | /staff/accounts/{name}/factor | DELETE /api/v1/accounts/{username}/factor | user factor",
    ),
    ("user.recovery_codes", "/account/factor/codes"),
    ("user.passkey", "/account/passkeys"),
    ("user.passkey_renamed", "/account/passkeys/{id}/rename"),
    ("user.passkey_removed", "/account/passkeys/{id}/remove"),
    ("setup.mark", "/set-up/looked-at | /set-up/decided"),
    (
        "user.manage",
        "/set-up/account | /staff/import | POST /api/v1/accounts/import | user create | user import",
    ),
    (
        "role.grant",
        "/set-up/grant | /office/people/{name}/give | POST /api/v1/accounts/{username}/posts | role give | user grant",
    ),
    (
        "role.revoke",
        "/office/people/{name}/posts/{no}/end | POST /api/v1/accounts/{username}/posts/{no}/end | role end | user revoke",
    ),
    (
        "role.span",
        "/office/people/{name}/posts/{no}/resume | POST /api/v1/accounts/{username}/posts/{no}/resume",
    ),
    (
        "role.make",
        "/office/roles | /office/roles/{code}/copy | POST /api/v1/roles | POST /api/v1/roles/{code}/copy | role make | role copy",
    ),
    (
        "role.change",
        "/office/roles/{code}/change | /office/roles/{code}/stop | PATCH /api/v1/roles/{code} | POST /api/v1/roles/{code}/stop \
        | role change | role stop | role resume",
    ),
    (
        "team.make",
        "/office/teams | POST /api/v1/teams | team make",
    ),
    (
        "team.rename",
        "/office/teams/{id}/rename | POST /api/v1/teams/{id}/rename | team rename",
    ),
    (
        "team.end",
        "/office/teams/{id}/end | POST /api/v1/teams/{id}/end | team end",
    ),
    (
        "team.join",
        "/office/teams/{id}/join | POST /api/v1/teams/{id}/members | team join",
    ),
    (
        "team.leave",
        "/office/teams/{id}/members/{no}/end | POST /api/v1/teams/{id}/members/{no}/end | team leave",
    ),
    (
        "reveal",
        "/tickets/{id}/reveal | POST /api/v1/tickets/{id}/reveal",
    ),
    (
        "approval.reveal",
        "/approvals/{id}/reveal | POST /api/v1/approvals/{id}/reveal",
    ),
    (
        "merge",
        "/tickets/{id}/gather | POST /api/v1/tickets/{id}/gather",
    ),
    (
        "note",
        "/tickets/{id}/note | POST /api/v1/tickets/{id}/note",
    ),
    (
        "approval.start",
        "/approvals/new/{key} | POST /api/v1/approvals",
    ),
    (
        "follow_up.take",
        "/follow-ups/next | /follow-ups/{id}/take | POST /api/v1/follow-ups/next | POST /api/v1/follow-ups/{id}/take",
    ),
    (
        "follow_up.return",
        "/follow-ups/{id}/return | POST /api/v1/follow-ups/{id}/return",
    ),
    ("ticket.bulk", "/bulk | POST /api/v1/tickets/bulk"),
    (
        "export.template.keep",
        "/staff/exports | POST /api/v1/export-templates",
    ),
    (
        "export.template.remove",
        "/staff/exports/{id}/remove | DELETE /api/v1/export-templates/{id}",
    ),
    (
        "export.tickets",
        "/staff/jobs | POST /api/v1/jobs | GET /tickets/export.csv | export tickets",
    ),
    (
        "job.cancel",
        "/staff/jobs/{id}/cancel | POST /api/v1/jobs/{id}/cancel",
    ),
    ("job.approve", "/staff/jobs/{id}/approve"),
    ("export.grant.withdraw", "/staff/jobs/{id}/withdraw"),
    (
        "job.result",
        "GET /staff/jobs/{id}/result.csv | GET /api/v1/jobs/{id}/result",
    ),
    (
        "account.ask",
        "/staff/account-requests/new | POST /api/v1/account-requests",
    ),
    (
        "account.*",
        "/staff/account-requests/{id}/decide | /staff/account-requests/{id}/withdraw | POST /api/v1/account-requests/{id}/decide \
        | POST /api/v1/account-requests/{id}/withdraw | user decide",
    ),
    (
        "account.freeze",
        "/staff/accounts/{name}/freeze | POST /api/v1/accounts/{username}/freeze | user freeze",
    ),
    (
        "stand_in.ask",
        "/account/stand-ins | POST /api/v1/account/stand-ins",
    ),
    (
        "stand_in.*",
        "/account/stand-ins/{id}/{verb} | POST /api/v1/account/stand-ins/{id}/{answer}",
    ),
    (
        "account.review",
        "/staff/reviews/{id}/answer | POST /api/v1/account-reviews/{id}/answer",
    ),
    (
        "register.draft",
        "/office/lists/{list}/{area}/begin | POST /api/v1/registers/{list}/{area}/begin | /office/lists/{list}/{area}/restore",
    ),
    (
        "register.change",
        "/office/lists/{list}/{area}/row | /office/lists/{list}/{area}/remove | /office/lists/{list}/{area}/undo \
        | /office/lists/{list}/{area}/table | POST /api/v1/registers/{list}/{area}/rows \
        | POST /api/v1/registers/{list}/{area}/remove | POST /api/v1/registers/{list}/{area}/undo \
        | POST /api/v1/registers/{list}/{area}/table | lists import | /office/units/{area}/reorganise \
        | POST /api/v1/reorganisations/{area}",
    ),
    (
        "register.change",
        "/office/lists/{list}/{area}/discard | POST /api/v1/registers/{list}/{area}/discard | lists discard",
    ),
    (
        "register.hand_on",
        "/office/lists/{list}/{area}/hand-on | POST /api/v1/registers/{list}/{area}/hand-on",
    ),
    (
        "register.publish",
        "/office/lists/{list}/{area}/publish | POST /api/v1/registers/{list}/{area}/publish | lists publish | calendar import",
    ),
    (
        "register.take_back",
        "/office/lists/{list}/{area}/take-back | POST /api/v1/registers/{list}/{area}/take-back",
    ),
    (
        "register.ask_reading",
        "/office/lists/{list}/{area}/ask-reading | POST /api/v1/registers/{list}/{area}/ask-reading",
    ),
    (
        "register.read",
        "/rules/{id}/read | POST /api/v1/rules/{id}/read",
    ),
    (
        "job.ask",
        "/office/lists/{list}/{area}/replay | POST /api/v1/registers/{list}/{area}/replay | /processes/{key}/{version}/retrace \
        | POST /api/v1/processes/{key}/versions/{version}/retrace",
    ),
    (
        "incoming.link",
        "/incoming/{id}/link | POST /api/v1/incoming/{id}/link",
    ),
    (
        "incoming.dismiss",
        "/incoming/{id}/dismiss | POST /api/v1/incoming/{id}/dismiss",
    ),
    (
        "incoming.open",
        "/fn/staff/incoming-one | GET /api/v1/incoming/{id}",
    ),
    (
        "notice.settings",
        "/account/notices | POST /api/v1/notices/settings",
    ),
    (
        "notification.again",
        "/staff/notifications/{id}/again | POST /api/v1/notifications/{id}/again",
    ),
    (
        "notification.settle",
        "/staff/notifications/{id}/settle | POST /api/v1/notifications/{id}/settle",
    ),
    ("paper.reserve", "/paper | POST /api/v1/paper-forms"),
    (
        "paper.void",
        "/paper/{no}/void | POST /api/v1/paper-forms/{no}/void",
    ),
    (
        "process.deploy",
        "/processes | POST /api/v1/processes | process deploy",
    ),
    (
        "process.activate",
        "/processes/{key}/{version}/activate | /processes/{key}/{version}/activate-part \
        | POST /api/v1/processes/{key}/versions/{version}/activate | process activate",
    ),
    (
        "process.withdraw",
        "/processes/{key}/{version}/withdraw | /processes/{key}/{version}/withdraw-part \
        | POST /api/v1/processes/{key}/versions/{version}/withdraw | POST /api/v1/processes/{key}/activations/{id}/withdraw \
        | process withdraw",
    ),
    (
        "process.migrate",
        "/processes/{key}/{version}/migrate | POST /api/v1/processes/{key}/migrate | process migrate",
    ),
    (
        "process.undo_migration",
        "/processes/{key}/{version}/undo | POST /api/v1/migrations/{id}/undo | process undo",
    ),
    ("process.throw", "POST /api/v1/processes/events"),
    (
        "audit.question.keep",
        "/audit/questions | POST /api/v1/audit-questions",
    ),
    (
        "audit.question.delete",
        "/audit/questions/{id}/delete | DELETE /api/v1/audit-questions/{id}",
    ),
    (
        "audit.dismiss",
        "/audit/alarms/{id}/dismiss | POST /api/v1/audit-alarms/{id}/dismiss",
    ),
    ("audit.read", "/fn/staff/audit | GET /api/v1/audit"),
    ("export.audit", "GET /audit/export.csv"),
    (
        "quality.fix",
        "/office/quality/{id}/fix | POST /api/v1/findings/{id}/fix",
    ),
    (
        "quality.ask_dismissal",
        "/office/quality/{id}/dismiss | POST /api/v1/findings/{id}/dismiss",
    ),
    (
        "quality.decide_dismissal",
        "/office/quality/{id}/decide | POST /api/v1/findings/{id}/decide",
    ),
    ("report.keep", "/reports/kept | POST /api/v1/kept-reports"),
    (
        "report.sign",
        "/reports/kept/{no}/sign | POST /api/v1/kept-reports/{no}/sign",
    ),
    (
        "report.comment",
        "/reports/kept/{no}/comment | POST /api/v1/kept-reports/{no}/comments",
    ),
    (
        "report.schedule",
        "/reports/scheduled | POST /api/v1/report-schedules",
    ),
    (
        "report.unschedule",
        "/reports/scheduled/{id}/stop | DELETE /api/v1/report-schedules/{id}",
    ),
    (
        "report.reschedule",
        "/reports/scheduled/{id}/resume | POST /api/v1/report-schedules/{id}/resume",
    ),
    (
        "report.file",
        "GET /reports/files/{file} | GET /api/v1/reports/{report}/file | GET /api/v1/kept-reports/{no}/file | report",
    ),
    ("data.ask", "/data-requests | POST /api/v1/data-requests"),
    (
        "data.decide",
        "/data-requests/{id}/decide | POST /api/v1/data-requests/{id}/decide",
    ),
    (
        "data.withdraw",
        "/data-requests/{id}/withdraw | POST /api/v1/data-requests/{id}/withdraw",
    ),
    (
        "data.take",
        "GET /data-requests/{id}/cut.csv | POST /api/v1/data-requests/{id}/take",
    ),
    ("pivot.keep", "/reports/pivots | POST /api/v1/pivots"),
    (
        "pivot.delete",
        "/reports/pivots/{id}/delete | DELETE /api/v1/pivots/{id}",
    ),
    (
        "report.warning",
        "/reports/warnings/{id}/answer | POST /api/v1/figure-warnings/{id}/answer",
    ),
    ("tickets.person", "/persons | POST /api/v1/tickets/persons"),
    ("view.keep", "/views | POST /api/v1/views"),
    ("view.change", "/views/{id}/change | PUT /api/v1/views/{id}"),
    (
        "view.delete",
        "/views/{id}/delete | DELETE /api/v1/views/{id}",
    ),
    (
        "view.follow",
        "/views/{id}/follow | POST /api/v1/views/{id}/follow",
    ),
    (
        "file.add",
        "POST /tickets/{id}/files | POST /tickets/{id}/assignments/{assignment}/files | POST /approvals/{id}/files \
        | PATCH /files/uploads/{id} | PATCH /api/v1/files/uploads/{id} | POST /api/v1/files/{id}/references",
    ),
    (
        "file.remove",
        "POST /files/{id}/remove | DELETE /api/v1/files/{id}",
    ),
    ("file.erase", "file erase"),
    (
        "file.read",
        "GET /photos/{id} | GET /files/{id} | GET /api/v1/files/{id} | GET /api/v1/files/{id}/content",
    ),
    (
        "ticket.read",
        "/fn/staff/ticket | /fn/staff/flow | GET /api/v1/tickets/{id} | GET /api/v1/tickets/{id}/history",
    ),
    ("tickets.related", "/fn/staff/related | /fn/staff/caller"),
    (
        "ticket.readers",
        "/fn/staff/readers | GET /api/v1/ticket-readers | role readers",
    ),
    ("demo.load", "demo"),
    ("import.begin", "import complaints"),
    ("import.undo", "import undo"),
    ("setup.file", "setup"),
    ("backup.make", "backup"),
    ("session.*", "/sign-in/code | POST /api/v1/sessions/code"),
    (
        "session_key.rotate",
        "/staff/keys | POST /api/v1/session-keys | keys rotate",
    ),
    (
        "sealing_key.renew",
        "keys renew | keys change | keys wrap | keys unwrap",
    ),
    ("backup.restore", "restore"),
];

/// Reasons with the entrances that write nothing when they do what they are for.
pub const PLAIN: &[(&str, &str)] = &[
    ("how pages look to the caller", "/language | /text-size"),
    (
        "another entrance by which the forms of the table are sent",
        "/fn/form",
    ),
    (
        "the caller's own marks and notices, which nobody else sees",
        "/notices/read | /notices/{id}/read | /notices/{id}/open | /tickets/{id}/follow | /tickets/{id}/unfollow \
        | /approvals/{id}/follow | /approvals/{id}/unfollow | /fn/staff/keep-typed | POST /api/v1/notices/{id}/read \
        | POST /api/v1/notices/read | POST /api/v1/tickets/{id}/follow | POST /api/v1/tickets/{id}/unfollow \
        | POST /api/v1/approvals/{id}/follow | POST /api/v1/approvals/{id}/unfollow | /board | /board/{id}/front \
        | /board/{id}/remove | /views/mine/columns | POST /api/v1/board | POST /api/v1/board/{id}/front | DELETE /api/v1/board/{id}",
    ),
    (
        "a secret that holds nothing until it is confirmed",
        "/account/factor",
    ),
    (
        "a way to the identity provider; what is brought back is written",
        "/sign-in/provider | /account/provider | GET /sign-in/provider/go | /fn/public/provider",
    ),
    (
        "what is put down here belongs to nothing until it is sent",
        "/fn/photos/draft | /fn/photos/list | /fn/photos/remove | POST /photos/draft/{draft} | POST /files/uploads \
        | GET /files/uploads/{id} | DELETE /files/uploads/{id} | POST /api/v1/files/uploads | GET /api/v1/files/uploads/{id} \
        | HEAD /api/v1/files/uploads/{id} | DELETE /api/v1/files/uploads/{id}",
    ),
    (
        "a citizen looks at his own requests; wrong codes are written",
        "/track | /fn/public/questionnaire | /fn/public/filed | /fn/public/followed | /fn/citizen/requests | /fn/citizen/request \
        | /fn/citizen/account | /fn/citizen/mandates | /fn/citizen/data | GET /api/v1/citizen/data | POST /api/v1/public/lookup \
        | GET /api/v1/citizen/account \
        | GET /api/v1/citizen/requests | GET /api/v1/citizen/mandates | GET /api/v1/citizen/requests/{no}",
    ),
    (
        "what everybody may know",
        "/fn/divisions | /fn/public/figures | /fn/staff/own-unit | /fn/staff/categories | GET /api/v1/units \
        | GET /api/v1/categories | GET /api/v1/divisions | GET /api/v1/openapi.json | GET /api/v1/docs | calendar due | openapi",
    ),
    (
        "a gateway tells of what it sent or brings, signed; the message itself is kept",
        "POST /api/v1/notifications/receipts | POST /api/v1/gateway/incoming/sms",
    ),
    (
        "what auditors work with; what is looked at in the audit itself is written",
        "/fn/staff/audit-alarms | /fn/staff/audit-reports | GET /api/v1/audit-alarms | GET /api/v1/audit-reports | audit verify",
    ),
    (
        "what those who answer for personal data work with: columns, and looks that are rows of the audit already",
        "/fn/staff/personal-fields | /fn/staff/personal-looks | GET /api/v1/personal-fields | GET /api/v1/personal-looks",
    ),
    (
        "rows of the office's lists, which hold nobody's data",
        "/fn/staff/list-preview | GET /api/v1/registers/{list}/{area}/preview | lists preview | /fn/staff/reorganise \
        | GET /api/v1/reorganisations/{area}",
    ),
    (
        "figures without anybody's name; a check of them changes none",
        "/reports/checks/run | /fn/report/overview | /fn/report/measures | /fn/report/cube | /fn/report/frozen \
        | /fn/report/standard | /fn/report/kept-list | /fn/report/kept | /fn/report/scheduled | /fn/report/touched \
        | /fn/report/three | /fn/report/checks | /fn/report/pivots | /fn/report/board | /fn/report/tile | /fn/report/warnings \
        | GET /api/v1/board | GET /api/v1/board/{id} | GET /api/v1/pivots | GET /api/v1/figure-warnings | GET /api/v1/reports/overview | GET /api/v1/measures | GET /api/v1/reports/cube \
        | GET /api/v1/reports/frozen | GET /api/v1/reports/{report} | GET /api/v1/kept-reports | GET /api/v1/kept-reports/{no} \
        | GET /api/v1/report-schedules | GET /api/v1/reports/touched | GET /api/v1/reports/three | GET /api/v1/reports/checks \
        | POST /api/v1/reports/checks",
    ),
    (
        "accounts, roles and posts as those who keep them work with them; what they change is written",
        "/fn/staff/own-sessions | /fn/staff/accounts | /fn/staff/account | /fn/staff/account-requests | /fn/staff/account-request \
        | /fn/staff/post-choices | /fn/staff/stand-ins | /fn/staff/reviews | /fn/staff/review | /fn/staff/roles \
        | /fn/staff/role | /fn/staff/people | /fn/staff/person | /fn/staff/teams | /fn/staff/team | /fn/staff/own-factor \
        | /fn/staff/own-identities \
        | /fn/staff/second-ways | /fn/staff/session-keys | GET /api/v1/roles | GET /api/v1/roles/{code} \
        | GET /api/v1/accounts/{username}/posts | GET /api/v1/accounts/{username}/rights | GET /api/v1/teams \
        | GET /api/v1/teams/{id} | GET /api/v1/account/sessions | GET /api/v1/accounts | GET /api/v1/accounts/{username} \
        | GET /api/v1/account-requests | GET /api/v1/account-requests/{id} | GET /api/v1/accounts/{username}/hand-over \
        | GET /api/v1/account/stand-ins | GET /api/v1/account-reviews | GET /api/v1/account-reviews/{id} \
        | GET /api/v1/session-keys | user sessions | user list | user requests | role list | role show | role posts \
        | role rights | team list | team show | keys list",
    ),
    (
        "rules, processes and lists of the office, which hold nobody's data",
        "/fn/staff/startable | /fn/staff/start-form | /fn/staff/lists | /fn/staff/list | /fn/staff/list-row | /fn/staff/rules \
        | /fn/staff/rule-readers | /fn/staff/set-up | /fn/staff/ready | /fn/staff/processes | /fn/staff/process \
        | GET /office/lists/{list}/{area}/rows.csv | GET /processes/{key}/{version}/definition.bpmn \
        | GET /decisions/{key}/{version}/tables.dmn | GET /api/v1/findings/rules | GET /api/v1/readiness \
        | GET /api/v1/registers | GET /api/v1/registers/{list}/columns | GET /api/v1/registers/{list}/{area} \
        | GET /api/v1/registers/{list}/{area}/rows.csv | GET /api/v1/rules | GET /api/v1/rules/{id}/readers \
        | GET /api/v1/approvals/startable | GET /api/v1/processes | POST /api/v1/processes/check \
        | GET /api/v1/processes/{key}/versions/{version} | GET /api/v1/processes/{key}/versions/{version}/definition \
        | GET /api/v1/decisions/{key}/versions/{version}/definition | lists show | lists export | ready | process check \
        | process export | process list | process replay | process roundtrip",
    ),
    (
        "how the installation does, and work on files of the machine's owner",
        "/fn/staff/statements | GET /api/v1/slow-statements | /fn/staff/platforms | GET /api/v1/platforms \
        | GET /scim/v2/ServiceProviderConfig | GET /scim/v2/ResourceTypes | GET /scim/v2/Schemas | GET /scim/v2/Users \
        | GET /scim/v2/Groups | GET /scim/v2/{kind}/{id} | serve | migrate | doctor | check | gateway simulate",
    ),
    (
        "lists and rows with masks on; what is opened from them is written where it is discreet or shown in clear",
        "/fn/staff/tasks | /fn/staff/task-count | /fn/staff/shelf | /fn/staff/followed | /fn/staff/typed | /fn/staff/bulk \
        | /fn/staff/bulk-result | /fn/staff/tickets | /fn/staff/views | /fn/staff/dispatching | /fn/staff/suggested \
        | /fn/staff/directives | /fn/staff/directive | /fn/staff/desk | /fn/staff/data-requests | /fn/staff/approvals \
        | /fn/staff/approval-count | /fn/staff/approval | /fn/staff/approval-flow | /fn/staff/exports | /fn/staff/jobs \
        | /fn/staff/search | /fn/staff/notifications | /fn/staff/quality | /fn/staff/quality-months | /fn/staff/follow-ups \
        | /fn/staff/alarms | /fn/staff/alarm-count | /fn/staff/plan | /fn/staff/papers | /fn/staff/paper-block \
        | /fn/staff/incoming | /fn/staff/notice-count | /fn/staff/notices | /fn/staff/notice-settings | GET /api/v1/notices \
        | GET /api/v1/notices/settings | GET /api/v1/notifications/undelivered | GET /api/v1/findings \
        | GET /api/v1/findings/scores | GET /api/v1/findings/months | GET /api/v1/incoming | GET /api/v1/tickets \
        | GET /api/v1/tickets/bulk/{id} | GET /api/v1/tickets/{id}/likely | GET /api/v1/tasks | GET /api/v1/tasks/cases \
        | GET /api/v1/directives | GET /api/v1/directives/{id} | GET /api/v1/plan | GET /api/v1/alarms | GET /api/v1/follow-ups \
        | GET /api/v1/search | GET /api/v1/tickets/facets | GET /api/v1/tickets/unseen | GET /api/v1/views | GET /api/v1/paper-forms | GET /api/v1/approvals \
        | GET /api/v1/approvals/{id} | GET /api/v1/tickets/{id}/files | GET /api/v1/approvals/{id}/files | GET /api/v1/jobs \
        | GET /api/v1/jobs/{id} | GET /api/v1/export-templates | GET /api/v1/data-requests",
    ),
];
