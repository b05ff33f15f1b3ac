// @ts-check
/** What throws wherever it is touched. */

export const boom = new Error('boom');
export const throws = () => {
  throw boom;
};
/** Throws whatever is done with it. @type {any} */
export const mine = new Proxy(
  {},
  Object.fromEntries(
    ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'].map((trap) => [trap, throws]),
  ),
);
