/** From 0 up to, not including, 1. */
export type RandomSource = () => number;
