import type { ReactNode } from 'react';

import { cn } from '@/shared/cn';
import { Icon, type IconName } from '@/shared/components/icon';

export type Tone = 'plain' | 'progress' | 'done' | 'wait' | 'bad';

const TONES: Record<Tone, string> = {
  plain: 'border-line-strong text-ink-soft',
  progress: 'border-signal text-signal',
  done: 'border-signal bg-signal text-on-signal',
  wait: 'border-amber bg-amber-soft text-amber',
  bad: 'border-red bg-red-soft text-red',
};

interface BadgeProps {
  tone?: Tone;
  icon?: IconName;
  className?: string | undefined;
  children: ReactNode;
}

/** Status label. Colour repeats what the text and icon say. */
export function Badge({ tone = 'plain', icon, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-6 items-center gap-1 rounded-full border px-2 align-middle text-sm font-medium whitespace-nowrap',
        TONES[tone],
        className,
      )}
    >
      {icon !== undefined && <Icon name={icon} className="size-3.5" />}
      {children}
    </span>
  );
}
