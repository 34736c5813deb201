//! Words of the pages that the server shows when no page of the product can: faults, plain http, the API's description.
//! Not here: sentences for fault codes (`faults`), words of the product's own pages.
//! Read next: `server/src/web/dress.rs`, which shows them.

use super::{Text, text};

pub const FAULT_TITLE: Text = text("暂时无法完成", "This did not work");
pub const INCIDENT: Text = text("事件编号", "Incident number");
pub const INCIDENT_ADVICE: Text = text(
    "请稍后再试；联系我们时请提供此编号。",
    "Please try again in a while; name this number when you contact us.",
);
pub const BACK_HOME: Text = text("返回首页", "Back to the start page");
pub const MISSING_TITLE: Text = text("页面不存在", "There is no such page");
pub const DENIED_TITLE: Text = text("没有权限", "Not allowed");
pub const INSECURE_TITLE: Text = text("请使用 https 访问", "Please use https");
pub const INSECURE: Text = text(
    "本网站只通过加密连接（https）提供服务；在本机上也可以使用 http://127.0.0.1 或 http://localhost。",
    "This site is served over an encrypted connection (https) only; on the machine itself http://127.0.0.1 and http://localhost work too.",
);
pub const INSECURE_OPERATOR: Text = text(
    "运维人员：如前面有代理，请让它传递 X-Forwarded-Proto，并把它的地址列入 trusted-proxies。",
    "For the operator: a proxy in front has to send X-Forwarded-Proto, and its address has to stand in trusted-proxies.",
);
pub const TO_HTTPS: Text = text("改用 https 打开", "Open with https");
pub const FIGURES_CLOSED: Text = text(
    "运行指标只提供给本机、web.metrics-networks 中的网络，以及持有 web.metrics-token 的监控程序。",
    "Figures are for this machine, for the networks in web.metrics-networks and for whoever sends web.metrics-token.",
);
pub const API_TITLE: Text = text("程序接口", "Programming interface");
pub const API_PARAMETERS: Text = text("参数", "Parameters");
pub const API_BODY: Text = text("请求体", "Body");
pub const API_ANSWERS: Text = text("应答", "Answers");
pub const API_SCHEMAS: Text = text("数据结构", "Schemas");
pub const API_REQUIRED: Text = text("必填", "required");
pub const API_DOCUMENT: Text = text("OpenAPI 文档", "OpenAPI document");
