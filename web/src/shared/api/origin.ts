/** Where the server is: where the page came from. */
export const origin = typeof location === 'undefined' ? 'http://localhost' : location.origin;

/** Sends by the `fetch` of this moment, which tests replace. */
export const sendNow = (request: Request): Promise<Response> => globalThis.fetch(request);
