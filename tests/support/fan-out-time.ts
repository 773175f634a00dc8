/**
 * How long tests wait for what a signal of chat activity sets off: it stays away for 16 seconds at most, the rest is for
 * slow engines.
 */
export const FAN_OUT_TIME_MS = 40_000;
