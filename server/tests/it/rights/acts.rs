//! What each entrance that does something writes into the audit.
//! Deliberately absent: verbs on cases, whose act is the verb (`audited`); jobs, which write as what they are.
//! A new entrance needs its place here or in `plain`; entrances of one line are divided by bars.

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
    (
        "user.identity",
        "/staff/accounts/{name}/link | POST /api/v1/accounts/{username}/identities | user link",
    ),
    (
        "user.identity_removed",
        "/account/provider/{id}/remove | /staff/accounts/{name}/unlink | DELETE /api/v1/account/identities/{id} \
        | DELETE /api/v1/accounts/{username}/identities | user unlink",
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
    ("export.approvals", "GET /approvals/export.csv"),
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
    ("phrase.keep", "/phrases | POST /api/v1/phrases"),
    (
        "phrase.change",
        "/phrases/{id}/change | PUT /api/v1/phrases/{id}",
    ),
    (
        "phrase.delete",
        "/phrases/{id}/delete | DELETE /api/v1/phrases/{id}",
    ),
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
        "keys renew | keys change | keys content | keys wrap | keys unwrap",
    ),
    ("backup.restore", "restore"),
];
