// @ts-check

/** Whether fingers ask: their keyboard covers the page, and its Enter has no Shift. */
export const isTouched = () => matchMedia('(pointer: coarse)').matches;
