/** Base URL of the API: the origin of the page. */
export const origin = typeof location === 'undefined' ? 'http://localhost' : location.origin;

/** Looks `fetch` up on each call, so that tests can replace it. */
export const sendNow = (request: Request): Promise<Response> => globalThis.fetch(request);
