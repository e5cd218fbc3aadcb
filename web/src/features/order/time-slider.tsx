import { useId } from 'react';

import { eventName } from '@/features/order/past';
import type { Schema } from '@/shared/api/client';
import { IconButton } from '@/shared/components/button';
import { formatTime } from '@/shared/format/time';

interface TimeSliderProps {
  events: readonly Schema<'HistoryEvent'>[];
  index: number;
  onMove: (index: number) => void;
}

/** Slider through the events of a life: drag it, step with the buttons, or use the arrow keys, Home and End. */
export function TimeSlider({ events, index, onMove }: TimeSliderProps) {
  const ticks = useId();
  const last = events.length - 1;
  const current = events[index];
  if (current === undefined) return null;
  return (
    <div className="flex items-center gap-2">
      <IconButton
        icon="chevronLeft"
        label="Earlier event"
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <input
        type="range"
        className="h-11 min-w-0 grow cursor-pointer accent-signal"
        aria-label="Moment in the life of the order"
        aria-valuetext={`Event ${index + 1} of ${events.length}: ${eventName(current.event_type)}, ${formatTime(current.recorded_at)}`}
        list={ticks}
        min={0}
        max={last}
        step={1}
        value={index}
        onChange={(event) => onMove(event.currentTarget.valueAsNumber)}
      />
      <datalist id={ticks}>
        {events.map((event, place) => (
          <option key={event.event_id} value={place} />
        ))}
      </datalist>
      <IconButton
        icon="chevronRight"
        label="Later event"
        disabled={index === last}
        onClick={() => onMove(index + 1)}
      />
    </div>
  );
}
