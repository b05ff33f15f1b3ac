//! What a service's words about a failure amount to.
//!
//! Only clear words decide: a wrong reason sends people to change a prompt that was fine, or to pay a bill that is
//! paid. The first row that fits counts.

use crate::task::Reason;
use crate::words::{contains_any, replaced, start};

/// What stands where a failure's code or words would, when all is well.
pub const NO_FAILURE: &str = "0 200 10000 success succeed succeeded ok pass passed safe approved completed \
    complete done finished none 成功 操作成功 请求成功 查询成功";
/// An account that is empty, in any service's words.
pub const EMPTY_BALANCE: &str = "insufficient balance|insufficient account balance|insufficient credit|\
    credits are insufficient|insufficient fund|insufficientbalance|creditinsufficient|enough balance|enough credit|\
    balance not enough|balance is not enough|balance insufficient|balance is insufficient|balance too low|\
    balance is too low|overdue balance|exhausted balance|accountoverdue|credit insufficient|积分不足|点数不足|\
    out of credit|used all available credits|credits have been used|spending limit|budget has been exceeded|\
    billing hard limit|in arrears|arrearage|resource pack depleted|freetieronly|have any credits or|余额不足|额度不足|欠费|资源包已用完";
/// Its name: an error that speaks of the balance speaks of one that is empty, unless something was `REFUNDED`.
pub const BALANCE: &str = "额度|余额";

/// What only filters say.
const FILTERS: &str = "moderation|moderated|moderator|content filter|contentfilter|content polic|policy violation|\
    policyviolation|nsfw|inappropriate|content checker|our filters|sensitive information|sensitivecontent|\
    public error minor|public error danger|sexual|违规|不合规|违禁|敏感|审核|色情";

/// What words tell, unless others stand beside them with which they mean something else.
const REASONS: &[(Reason, &str, &str)] = &[
    (Reason::Moderation, FILTERS, ""),
    (
        Reason::Moderation,
        "safety|our policies|usage polic|risk control|risk not pass|unsafe|prohibited|audio filtered|\
         prominent people|risk detection|riskdetection|infringement|was flagged|sentinel block|\
         content security policy|likeness|copyright|may contain real person|auditsubmitillegal|auditfailed|\
         auditnotpass|审查|侵权|不支持人像|包含真人|安全检测|内容不安全|包含不安全|涉及真人",
        "",
    ),
    (Reason::Moderation, "sensitive|violat|违反", HARMLESS),
    (Reason::Moderation, "inspection", "unable to download|download the media"),
    (Reason::Quota, EMPTY_BALANCE, ""),
    (
        Reason::Quota,
        "insufficient quota|quota is not enough|quota exceeded|quota exhausted|quota limit|out of quota|\
         exceeded your quota|current quota|额度已用|额度已耗|额度已达|余额已用|余额已耗|余额不够",
        "",
    ),
    (Reason::Quota, "quota|balance is", NO_QUOTA),
    (Reason::Quota, BALANCE, REFUNDED),
    (
        Reason::Timeout,
        "timeout|timed out|time out|time-out|deadline exceeded|deadline expired|maximum execution time|超时",
        "",
    ),
    (
        Reason::Upstream,
        "upstream|internal error|internalerror|internal.|internal server|internal service|internalservice|\
         internal failure|internal exception|server error|unavailable|overloaded|bad gateway|system error|heavy load|\
         high traffic|out of memory|runner connection|runner disconnected|上游|服务异常|系统错误|内部错误|繁忙",
        "",
    ),
    (
        Reason::InvalidInput,
        "invalid|parameter|unsupported|not supported|bad request|image is too large|image too large|\
         prompt is too long|prompt too long|download image|download the image|download the media|downloadfailure|\
         failed to fetch the image|image size is too|image size exceeds|参数|图片下载失败|提示词过长",
        "",
    ),
    (
        Reason::NoOutput,
        "no output was|no output generated|no video generated|no video was generated|no videos generated|\
         generated no video|returned no video|produced no video|did not generate a video|did not return a video",
        "",
    ),
];
/// What a service wants to say stands at the beginning: so many characters of it are looked at.
const MOST_LETTERS: usize = 2000;
/// Spelling and databases: what else is sensitive and violated.
const HARMLESS: &str =
    "case-sensitive|case sensitive|case-insensitive|case insensitive|constraint|foreign key|access violation|约束";

/// Relays give back what a failed task would have cost, and say so.
pub const REFUNDED: &str = "退还|退回|退款|返还|refund";
/// The same, and a word that holds another one.
const NO_QUOTA: &str = "退还|退回|退款|返还|refund|quotation";

/// The reason that a code and a message tell.
#[must_use]
pub fn reason(code: Option<&str>, message: Option<&str>) -> Reason {
    let texts: Vec<_> = [code, message].into_iter().flatten().map(words_of).collect();
    let says = |words: &str| texts.iter().any(|text| contains_any(text, words));
    let told = REASONS.iter().find(|(_, words, unless)| says(words) && !says(unless));
    told.map_or(Reason::Unknown, |(reason, ..)| *reason)
}

/// Whether a text can only be a filter's.
#[must_use]
pub fn is_refusal(text: &str) -> bool {
    contains_any(&words_of(text), FILTERS)
}

/// Codes are words with `_` between.
fn words_of(text: &str) -> String {
    replaced(start(text, MOST_LETTERS), "_", " ")
}
