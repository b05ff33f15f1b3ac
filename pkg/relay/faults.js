// @ts-check
/** What can go wrong before there is a task to show: the answers of overloaded, broken and half-dead relays. */

/**
 * @typedef {object} Fault
 * @property {number} status
 * @property {string} type content type; '' when there is no body
 * @property {string | null} body null: send the ordinary task body, spoiled as `spoil` says
 * @property {Record<string, string>} headers
 * @property {'cut' | 'truncate' | null} spoil cut: declares all, sends half, drops the line; truncate: half as all
 */

const HTML_502 =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n' +
  '<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

/** @param {string} message @param {string} type @param {string} code */
export function errorBody(message, type, code) {
  return JSON.stringify({ error: { message, type, code } });
}

/**
 * @param {string} kind of the practice id
 * @param {number} asked how many times this id was asked before
 * @param {string} requestId
 * @returns {Fault | null} null: the task is answered as it is
 */
export function faultOf(kind, asked, requestId) {
  /** @type {Fault} */
  const json = { status: 200, type: 'application/json; charset=utf-8', body: null, headers: {}, spoil: null };
  const empty = { ...json, type: '', body: '' };
  switch (kind) {
    case 'rate_limited':
      return {
        ...json,
        status: 429,
        headers: { 'retry-after': '1' },
        body: errorBody(`当前分组上游负载已饱和，请稍后再试 (request id: ${requestId})`, 'new_api_error', ''),
      };
    case 'rate_limited_silent':
      return { ...empty, status: 429 };
    case 'errors_twice':
      return asked >= 2
        ? null
        : {
            ...json,
            status: 500,
            body: errorBody(
              `upstream returned status 500 (request id: ${requestId})`,
              'new_api_error',
              'bad_response_status_code',
            ),
          };
    case 'bad_gateway':
      return { ...json, status: 502, type: 'text/html', body: HTML_502 };
    case 'cut_off':
      return { ...json, spoil: 'cut' };
    case 'truncated_json':
      return { ...json, spoil: 'truncate' };
    case 'empty_202':
      return { ...empty, status: 202 };
    default:
      return null;
  }
}
