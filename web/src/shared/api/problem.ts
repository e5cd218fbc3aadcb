import * as v from 'valibot';

import { numberWord } from '@/shared/format/words';

const money = v.object({ minor: v.number(), currency: v.picklist(['GBP', 'EUR', 'USD']) });

const problemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  trace_id: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() })), []),
  /** Products whose price is not the one that was shown. */
  price_changes: v.optional(v.array(v.object({ sku: v.string(), expected: money, price: money })), []),
  /** Status of the delivery, if it is another one than the request names. */
  delivery_status: v.optional(v.string()),
  /** Products of which there is not enough. */
  lines: v.optional(v.array(v.object({ sku: v.string(), requested: v.number(), available: v.number() })), []),
});

type ParsedProblem = v.InferOutput<typeof problemSchema>;

export type Problem = Omit<ParsedProblem, 'lines' | 'price_changes'> &
  Partial<Pick<ParsedProblem, 'lines' | 'price_changes'>>;

/** Error in one field: a JSON pointer into the request, and what is wrong. */
export type FieldProblem = Problem['errors'][number];

/** What is wrong with the field at this pointer. */
export function fieldError(
  problem: Pick<Problem, 'errors'> | null | undefined,
  pointer: string,
): string | undefined {
  return problem?.errors.find((each) => each.pointer === pointer)?.detail;
}

/** Failed request: no response, or a status other than 2xx. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }

  /** HTTP status; 0 without a response. */
  get status(): number {
    return this.problem.status;
  }

  /** Last segment of the problem type, such as `insufficient-stock`. */
  get slug(): string {
    return this.problem.type.split('/').at(-1) ?? '';
  }

  /** Whether a retry may succeed. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** Parses an error response as a problem. */
export function problemFrom(status: number, body: unknown): Problem {
  const parsed = v.safeParse(problemSchema, body);
  if (parsed.success) return parsed.output;
  return {
    type: 'about:blank',
    title: status >= 500 ? 'Server error' : 'Request failed',
    status,
    detail: `The server returned status ${status} without details. Try again later.`,
    errors: [],
  };
}

/** Problem for a request without a response. */
export const unreachable: Problem = {
  type: 'about:blank',
  title: 'No connection',
  status: 0,
  detail: "Couldn't reach the server. Check your connection and try again.",
  errors: [],
};

/** Converts any thrown value to a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return {
    type: 'about:blank',
    title: 'Something went wrong',
    status: 0,
    // The message of any other error is meant for developers.
    detail: 'An unexpected error occurred. Try again, or reload the page.',
    errors: [],
  };
}

/** Name of the form field to which a pointer such as `/price/minor` refers. */
export function fieldOf(pointer: string): string {
  return pointer.split('/')[1] ?? '';
}

/** Message above the submit button of a form. Field errors are shown at their fields. */
export function formMessage(problem: Problem): string {
  const count = problem.errors.length;
  if (count === 0) return problem.detail;
  return count === 1 ? 'Check the field marked above' : `Check the ${numberWord(count)} fields marked above`;
}
