import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';

import { newIdempotencyKey } from '@/shared/api/client';
import { ApiError } from '@/shared/api/problem';

/** What a command does. */
export interface CommandOptions<Input, Output> {
  /** Sends the command with the idempotency key of this input. */
  send: (input: Input, key: string) => Promise<Output>;
  onSuccess?: (output: Output, input: Input) => unknown;
}

/**
 * Sends a command at most once at a time. The idempotency key belongs to the input: the same input has the same key
 * until it has succeeded, so that sending it again after a lost response changes nothing. Other input, and any input
 * after a success, gets a new key.
 */
export function useCommand<Input, Output>({ send, onSuccess }: CommandOptions<Input, Output>) {
  const isRunning = useRef(false);
  const attempt = useRef<{ content: string; key: string } | null>(null);
  const keyOf = (input: Input): string => {
    const content = JSON.stringify(input);
    if (attempt.current?.content !== content) attempt.current = { content, key: newIdempotencyKey() };
    return attempt.current.key;
  };
  const mutation = useMutation({
    mutationFn: (input: Input) => send(input, keyOf(input)),
    onSuccess: async (output, input) => {
      attempt.current = null;
      await onSuccess?.(output, input);
    },
    onError: (error) => {
      // The server knows the key from another request, so that it would refuse it again.
      if (error instanceof ApiError && error.slug === 'key-reused') attempt.current = null;
    },
    onSettled: () => {
      isRunning.current = false;
    },
  });
  return {
    run: (input: Input) => {
      if (isRunning.current) return;
      isRunning.current = true;
      mutation.mutate(input);
    },
    reset: mutation.reset,
    isPending: mutation.isPending,
    error: mutation.error,
  };
}
