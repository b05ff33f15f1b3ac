// @ts-check
/** Making elements. What a service sends only ever gets in as text, or as a link that `link` has looked at. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | null>} [attributes] null and false: left out; true: no value
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new TypeError(`The page has no ${type.name} #${id}.`);
}

/** A drawing out of the sprite in index.html. @param {string} symbol @param {string} className */
export function drawing(symbol, className) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#${symbol}`);
  svg.append(use);
  return svg;
}

/** @param {string} name */
export const icon = (name) => drawing(`icon-${name}`, `icon icon-${name}`);

/** @param {string | null} url @returns {url is string} */
export const isWebUrl = (url) => url !== null && /^https?:\/\//i.test(url);

/** A link that opens beside the page; text where the URL is not http(s). @param {string} url @param {string} text */
export function link(url, text) {
  if (!isWebUrl(url)) return el('span', {}, text);
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text, icon('away'));
}

/** Sets a text where it is another one: screen readers say it again whenever it is set. @param {Element} element @param {string} words */
export function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** What is there to be unfolded. @param {string} title @param {...Child} children */
export const fold = (title, ...children) => el('details', { class: 'fold' }, el('summary', {}, title), ...children);

/** Signs that turn the direction of all that follows in a line. */
export const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;

/** What a service says, for the page: it needs no text without end, and none that turns the words around it. @param {string} text */
export function shortened(text, most = 4000) {
  const shown = text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;
  return shown.replaceAll(TURNING, '');
}

/**
 * Fills a part of the page, and fills it again only when its key has changed: focus, playback and scrolling survive.
 * @param {HTMLElement} host
 */
export function part(host) {
  /** @type {string | undefined} */
  let shown;
  return (/** @type {string} */ key, /** @type {() => Child[]} */ build) => {
    if (key === shown) return;
    shown = key;
    host.replaceChildren(.../** @type {Node[]} */ (build().filter(Boolean)));
    host.hidden = !host.hasChildNodes();
  };
}
