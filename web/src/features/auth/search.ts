import * as v from 'valibot';

/** `then`: where to go after the log-in, within the application. */
export const loginSearch = v.object({
  then: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^\/(?!\/)/))), undefined),
});
