import * as v from 'valibot';

const problemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  trace_id: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() })), []),
});

export type Problem = v.InferOutput<typeof problemSchema>;

/** A request that got no answer, or one that is not 2xx. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }

  /** The HTTP status; 0 when there was no answer. */
  get status(): number {
    return this.problem.status;
  }

  /** The last part of the problem's type, such as `insufficient-stock`. */
  get slug(): string {
    return this.problem.type.split('/').at(-1) ?? '';
  }

  /** Whether sending the same request again may succeed. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** Reads the body of a refused request as a problem. */
export function problemFrom(status: number, body: unknown): Problem {
  const parsed = v.safeParse(problemSchema, body);
  if (parsed.success) return parsed.output;
  return {
    type: 'about:blank',
    title: status >= 500 ? 'The server has a problem' : 'The request was refused',
    status,
    detail: `The server answered ${status} without an explanation.`,
    errors: [],
  };
}

/** The problem of a request that never reached the server. */
export const unreachable: Problem = {
  type: 'about:blank',
  title: 'No connection',
  status: 0,
  detail: 'The server could not be reached. Check your connection and try again.',
  errors: [],
};

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return {
    type: 'about:blank',
    title: 'Something went wrong here',
    status: 0,
    detail: error instanceof Error ? error.message : 'An unknown error.',
    errors: [],
  };
}
