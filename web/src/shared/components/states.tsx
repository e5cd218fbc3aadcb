import type { ReactNode } from 'react';

import { asProblem } from '@/shared/api/problem';
import { cn } from '@/shared/cn';
import { Button } from '@/shared/components/button';
import { Icon, type IconName } from '@/shared/components/icon';
import { pageTitle } from '@/shared/format/words';

interface WholePage {
  /** Whether this is all that the page shows: its title is then the heading and title of the page. */
  isPage?: boolean;
}

interface EmptyStateProps extends WholePage {
  icon: IconName;
  title: string;
  children?: ReactNode;
  /** Button or link for the next step. */
  action?: ReactNode;
  className?: string;
}

/** Empty state with an optional next step. */
export function EmptyState({ icon, title, children, action, isPage = false, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-6 py-14 text-center',
        className,
      )}
    >
      <Icon name={icon} className="size-9 text-ink-soft" />
      <StateTitle isPage={isPage} title={title} className="font-semibold" />
      {children !== undefined && <p className="max-w-prose text-ink-soft">{children}</p>}
      {action}
    </div>
  );
}

interface StateTitleProps extends WholePage {
  title: string;
  className: string;
}

function StateTitle({ isPage, title, className }: StateTitleProps) {
  if (!isPage) return <p className={className}>{title}</p>;
  return (
    <>
      <title>{pageTitle(title)}</title>
      <h1 className={cn('text-lg', className)}>{title}</h1>
    </>
  );
}

interface ErrorStateProps extends WholePage {
  error: unknown;
  onRetry?: () => void;
  /** Summary, such as "Couldn't load products". */
  title?: string;
  className?: string;
}

/** Error with its trace ID and a retry button. */
export function ErrorState({ error, onRetry, title, isPage = false, className }: ErrorStateProps) {
  const problem = asProblem(error);
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-start gap-3 rounded-lg border border-red bg-sheet p-5', className)}
    >
      <div className="flex items-center gap-2 text-red">
        <Icon name="warning" />
        <StateTitle isPage={isPage} title={title ?? problem.title} className="font-semibold" />
      </div>
      <p>{problem.detail}</p>
      {problem.errors.length > 0 && (
        <ul className="list-disc pl-5">
          {problem.errors.map((each) => (
            <li key={each.pointer}>{each.detail}</li>
          ))}
        </ul>
      )}
      {onRetry !== undefined && (
        <Button variant="secondary" onClick={onRetry}>
          Try again
        </Button>
      )}
      {problem.trace_id !== undefined && (
        <p className="text-sm break-all text-ink-soft figures">Trace ID: {problem.trace_id}</p>
      )}
    </div>
  );
}

/** Inline message, such as a form error or a change. */
export function Notice({ tone, children }: { tone: 'bad' | 'wait' | 'good'; children: ReactNode }) {
  const look = {
    bad: 'border-red bg-red-soft text-red',
    wait: 'border-amber bg-amber-soft text-amber',
    good: 'border-signal bg-signal-soft text-signal-strong',
  }[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cn('flex items-start gap-2 rounded-md border px-3 py-2', look)}
    >
      <Icon name={tone === 'good' ? 'check' : 'warning'} className="mt-0.5" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
