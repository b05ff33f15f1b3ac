//! The words in error answers that decide what an answer amounts to.
//!
//! `PHRASES` and `NO_KEY` are lists for [`is_one_of`](crate::words::is_one_of), the others for
//! [`contains_any`](crate::words::contains_any).

/// HTTP's own phrases, which frameworks put where the words of a service would stand (NestJS, Hapi, Fastify, Spring).
pub const PHRASES: &str = "bad_request unauthorized payment_required forbidden not_found 404_not_found \
    method_not_allowed conflict gone unprocessable_entity too_many_requests internal_server_error not_implemented \
    bad_gateway service_unavailable gateway_timeout no_message_available";
/// Those of them under which a route is missing, unless other words say what is.
pub const BARE: &str = "not found|404 not found|404: not found";

// `-` and `_` in what is said are spaces where these are looked for.
pub const QUOTA: &str = "insufficient quota|insufficient user quota|quota is not enough|quota not enough|\
    enough quota";
/// Money, unless `WINDOW` says that it is the requests of a minute.
pub const QUOTA_EXCEEDED: &str = "quota exceeded|quota exhausted|quota has been ex|quota is ex|quota was ex|\
    current quota|volume quota|exceeded your quota|exceeded the quota|out of quota|quotaexceeded";
pub const WINDOW: &str = "per minute|per second|per hour|per day|rpm|qps|concurren|metric|rate limit|try again in|\
    retry in|resource exhausted|resource has been exhausted|throttling|每分钟|每秒|每小时|并发";
pub const RATE: &str = "rate limit|concurrent limit|limit for concurrent|rate exceeded|reached api limit|\
    requestlimitexceeded|too many requests|负载已饱和|请求数限制|频率|频繁|限流";
/// Rates of a video, not of requests.
pub const OTHER_RATES: &str = "bitrate|bit rate|frame rate|framerate|帧频率";
pub const NO_TASK: &str = "task not exist|task not found|task does not exist|no such task|video not found|\
    no video found|task id not found|task id not exist|task id does not exist|record is null|recordinfo is null|任务不存在|任务id不存在|\
    任务未找到|未找到任务|未找到该任务";
/// A job may also be one of the service's own, whose trouble is told above 500.
pub const NO_JOB: &str = "job not found|jobnotfound|specified resource cannot be found";
/// What is said of a thing rather than of a route.
pub const GONE: &str = "not found|not be found|not exist|no such|不存在";
/// How OpenAI begins to say that there is none.
pub const VIDEO_OF_ID: &str = "video with id";
pub const NO_ROUTE: &str = "invalid url|page not found|page could not be found|cannot get /|cannot get:/|\
    route not found|route get:|no route|no static resource|no handler found|unknown endpoint|endpoint not found|\
    endpoint does not exist|no such endpoint|path not found|path does not exist|method not allowed|\
    unknown request url|unrecognized request url|requested url|接口不存在|地址不存在|路径不存在|路由不存在|页面不存在";
/// What is neither a route nor a task.
pub const MODEL: &str = "model not found|endpointormodel";
/// Codes of a service's own trouble, which Tencent tells under 200.
pub const TROUBLE: &str = "internalerror|innererror|serviceunavailable";
pub const KEY: &str = "令牌|invalid api key|incorrect api key|api key not valid|api key is invalid|api key expired|\
    not authenticated|invalid token|unauthorized|authfailure|access token|未登录";
/// Whole messages of Kling, PixVerse and fal: inside of others they may speak of anything.
pub const NO_KEY: &str = "authentication_failed token_is_invalid authentication_is_required_to_access_this_application";
/// A key, and that it is none: under 403 and 404 only both together speak of the key.
pub const KEY_NAMES: &str = "令牌|密钥|access token|api key|apikey";
pub const INVALID_KEY: &str = "无效|过期|失效|状态不可用|令牌不存在";
