//! Why the other entrances that do something write nothing into the audit.
//! Not here: those that write (`acts`). Entrances of one line are divided by bars.

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
        "/fn/divisions | /fn/public/alike | /fn/public/figures | /fn/staff/own-unit | /fn/staff/categories | GET /api/v1/units \
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
        | GET /api/v1/account/identities | GET /api/v1/accounts/{username}/identities | user identities \
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
        | GET /scim/v2/Groups | GET /scim/v2/{kind}/{id} | serve | migrate | doctor | database roles | check | gateway simulate",
    ),
    (
        "lists and rows with masks on; what is opened from them is written where it is discreet or shown in clear",
        "/fn/staff/tasks | /fn/staff/task-count | /fn/staff/shelf | /fn/staff/followed | /fn/staff/typed | /fn/staff/bulk \
        | /fn/staff/bulk-result | /fn/staff/tickets | /fn/staff/views | /fn/staff/phrases | /fn/staff/dispatching | /fn/staff/suggested \
        | /fn/staff/directives | /fn/staff/directive | /fn/staff/desk | /fn/staff/data-requests | /fn/staff/approvals \
        | /fn/staff/approval-count | /fn/staff/approval | /fn/staff/approval-flow | /fn/staff/exports | /fn/staff/jobs \
        | /fn/staff/search | /fn/staff/notifications | /fn/staff/quality | /fn/staff/quality-months | /fn/staff/follow-ups \
        | /fn/staff/alarms | /fn/staff/alarm-count | /fn/staff/plan | /fn/staff/papers | /fn/staff/paper-block \
        | /fn/staff/incoming | /fn/staff/notice-count | /fn/staff/notices | /fn/staff/notice-settings | GET /api/v1/notices \
        | GET /api/v1/notices/settings | GET /api/v1/notifications/undelivered | GET /api/v1/findings \
        | GET /api/v1/findings/scores | GET /api/v1/findings/months | GET /api/v1/incoming | GET /api/v1/tickets \
        | GET /api/v1/tickets/bulk/{id} | GET /api/v1/tickets/{id}/likely | GET /api/v1/tasks | GET /api/v1/tasks/cases \
        | GET /api/v1/directives | GET /api/v1/directives/{id} | GET /api/v1/plan | GET /api/v1/alarms | GET /api/v1/follow-ups \
        | GET /api/v1/search | GET /api/v1/tickets/facets | GET /api/v1/tickets/unseen | GET /api/v1/views | GET /api/v1/phrases | GET /api/v1/paper-forms | GET /api/v1/approvals \
        | GET /api/v1/approvals/{id} | GET /api/v1/tickets/{id}/files | GET /api/v1/approvals/{id}/files | GET /api/v1/jobs \
        | GET /api/v1/jobs/{id} | GET /api/v1/export-templates | GET /api/v1/data-requests",
    ),
];
