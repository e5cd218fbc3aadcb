import { cn } from '@/shared/cn';
import { Icon } from '@/shared/components/icon';
import { formatTime } from '@/shared/format/time';
import type { Step } from '@/shared/order/steps';

const DOTS: Record<Step['state'], string> = {
  done: 'border-signal bg-signal text-on-signal',
  next: 'border-signal bg-sheet text-signal',
  later: 'border-line-strong bg-sheet text-ink-soft',
  failed: 'border-red bg-red text-on-red',
};

const STATES: Record<Step['state'], string> = {
  done: 'done',
  next: 'next',
  later: 'upcoming',
  failed: 'not completed',
};

/** Vertical list of order steps. */
export function Timeline({ steps }: { steps: Step[] }) {
  return (
    <ol className="flex flex-col">
      {steps.map((step, index) => {
        const follows = steps[index + 1];
        return (
          <li
            key={`${step.name} ${step.at ?? ''}`}
            data-state={step.state}
            aria-current={step.state === 'next' ? 'step' : undefined}
            className="flex gap-4"
          >
            <span className="flex flex-col items-center">
              <span
                className={cn(
                  'flex size-9 items-center justify-center rounded-full border-2',
                  DOTS[step.state],
                )}
              >
                <Icon name={step.icon} className="size-4.5" />
              </span>
              {follows !== undefined && (
                <span
                  aria-hidden="true"
                  className={cn(
                    'min-h-4 w-0 grow border-l-2',
                    follows.state === 'done' || follows.state === 'failed' ? 'border-signal' : 'perforation',
                  )}
                />
              )}
            </span>
            <span className="flex grow items-baseline justify-between gap-4 pt-1.5 pb-5">
              <span className={cn(step.state === 'later' ? 'text-ink-soft' : 'font-semibold')}>
                {step.name}
                <span className="sr-only">, {STATES[step.state]}</span>
                {step.state === 'next' && (
                  <span className="ml-2 text-sm font-normal text-ink-soft">next</span>
                )}
                {step.detail != null && (
                  <span className="block font-normal wrap-anywhere">{step.detail}</span>
                )}
              </span>
              {step.at !== null && (
                <time dateTime={step.at} className="text-sm text-ink-soft figures">
                  {formatTime(step.at)}
                </time>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
