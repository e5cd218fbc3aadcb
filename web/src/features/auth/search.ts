import * as v from 'valibot';

/** `then`: path within the application to open after login. */
export const loginSearch = v.object({
  then: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^\/(?!\/)/))), undefined),
});
