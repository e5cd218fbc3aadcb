import { useEffect, useEffectEvent, useState } from 'react';

import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';
import { createStore, useStore } from '@/shared/store';

interface Toast {
  title: string;
  description?: string;
}

/** Largest number of toasts shown; older ones make room. */
const TOASTS_MAX = 3;

/** Time after which a toast closes, unless the pointer or focus is on it. */
const SHOWN_MS = 4_000;

const store = createStore<readonly (Toast & { id: number })[]>([]);
let lastId = 0;

function close(id: number): void {
  store.set(store.get().filter((toast) => toast.id !== id));
}

/** Short confirmations. */
export const toasts = {
  add: (toast: Toast): void => {
    lastId += 1;
    store.set([...store.get(), { ...toast, id: lastId }].slice(-TOASTS_MAX));
  },
};

/** Live region with the current toasts. */
export function Toasts() {
  const shown = useStore(store);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-60 mx-auto flex max-w-sm flex-col gap-2 sm:right-6 sm:bottom-6 sm:mx-0 sm:ml-auto"
    >
      {shown.map(({ id, title, description }) => (
        <ToastItem key={id} title={title} description={description} onClose={() => close(id)} />
      ))}
    </div>
  );
}

/** Closes a toast when its time is over. The time starts again after the pointer or focus was on it. */
function useTimeout(onEnd: () => void) {
  const [isHeld, setIsHeld] = useState(false);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => end(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);
  const [hold, release] = [() => setIsHeld(true), () => setIsHeld(false)];
  return { onPointerEnter: hold, onPointerLeave: release, onFocus: hold, onBlur: release };
}

interface ToastItemProps {
  title: string;
  description: string | undefined;
  onClose: () => void;
}

function ToastItem({ title, description, onClose }: ToastItemProps) {
  const hold = useTimeout(onClose);
  return (
    <div
      {...hold}
      className="pointer-events-auto flex animate-rise items-center gap-3 rounded-md border-2 border-ink bg-sheet py-2 pr-2 pl-4 shadow-float"
    >
      <Icon name="check" className="text-signal" />
      <div className="grow">
        <p className="font-medium">{title}</p>
        {description !== undefined && <p className="text-sm text-ink-soft">{description}</p>}
      </div>
      <button
        type="button"
        aria-label="Dismiss"
        className={buttonClass('quiet', 'small', 'w-8 px-0')}
        onClick={onClose}
      >
        <Icon name="close" className="size-4" />
      </button>
    </div>
  );
}
