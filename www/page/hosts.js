// @ts-check

/** The hosts that the page's policy lets it ask over plain http: those of this machine. */
export const PLAIN_HOSTS = ['localhost', '*.localhost', '127.0.0.1'];

/** Whether a URL leads to this machine: such a one the policy lets through over plain http as well. @param {URL} url */
export function isOfThisMachine({ hostname }) {
  return PLAIN_HOSTS.some((host) => (host.startsWith('*') ? hostname.endsWith(host.slice(1)) : hostname === host));
}
