import type { ReactNode } from 'react';

import { Icon } from '@/shared/components/icon';
import { formatInstant } from '@/shared/format/time';

interface AsOfBannerProps {
  /** When the last event that counts was recorded; undefined while it is not known. */
  recordedAt: string | undefined;
  /** Which event that is: "version 3", "event 1,204". */
  event: string;
  /** The way back to now: a link or a button. */
  children: ReactNode;
}

/** Says that the page shows a moment of the past. */
export function AsOfBanner({ recordedAt, event, children }: AsOfBannerProps) {
  return (
    <div className="sticky top-2 z-10 mb-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border border-amber bg-amber-soft px-3 py-2 text-amber">
      <p className="flex items-center gap-2 figures" role="status">
        <Icon name="clock" />
        {recordedAt === undefined ? 'A moment of the past' : `As of ${formatInstant(recordedAt)}, ${event}`}
      </p>
      {children}
    </div>
  );
}
