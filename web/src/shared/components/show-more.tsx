import { useEffect, useRef, useState } from 'react';

import { asProblem } from '@/shared/api/problem';
import { cn } from '@/shared/cn';
import { Button } from '@/shared/components/button';
import { Notice } from '@/shared/components/states';
import { counted } from '@/shared/format/words';

interface ShowMoreProps {
  /** Number of items shown. */
  shown: number;
  /** Name of one item, such as "order". */
  noun: string;
  hasMore: boolean;
  onMore: () => void;
  isBusy?: boolean;
  /** Why the last request for more failed. */
  error?: Error | null;
  label?: string;
}

/** Button at the end of a list that shows more of it. Announces how many items are shown. */
export function ShowMore(props: ShowMoreProps) {
  const { shown, noun, hasMore, onMore, isBusy = false, error = null, label = 'Show more' } = props;
  const [hasAsked, setHasAsked] = useState(false);
  const status = useRef<HTMLParagraphElement>(null);
  const isAtEnd = hasAsked && !hasMore;
  // The button is gone: the focus stays at the end of the list.
  useEffect(() => {
    if (isAtEnd) status.current?.focus({ preventScroll: true });
  }, [isAtEnd]);
  if (!hasMore && !hasAsked) return null;
  return (
    <div className="mt-6 flex flex-col items-center gap-3">
      {error !== null && <Notice tone="bad">{asProblem(error).detail}</Notice>}
      {hasMore && (
        <Button
          variant="secondary"
          size="large"
          busy={isBusy}
          onClick={() => {
            setHasAsked(true);
            onMore();
          }}
        >
          {label}
        </Button>
      )}
      <p
        ref={status}
        role="status"
        tabIndex={-1}
        className={cn('text-sm text-ink-soft', hasMore && 'sr-only')}
      >
        {hasAsked &&
          !isBusy &&
          (hasMore ? `${counted(shown, noun)} shown` : `All ${counted(shown, noun)} shown`)}
      </p>
    </div>
  );
}
