import { Icon } from '@/shared/components/icon';
import { counted } from '@/shared/format/words';

/** Button that shows new rows, so that the list does not move while it is read. */
export function NewPill({
  count,
  onShow,
  noun = 'new order',
}: {
  count: number;
  onShow: () => void;
  noun?: string;
}) {
  return (
    <div role="status" className="pointer-events-none sticky top-3 z-30 flex h-0 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto flex h-9 -translate-y-3/4 animate-rise items-center gap-1.5 rounded-full bg-signal pr-4 pl-3 text-sm font-semibold text-on-signal shadow-float hover:bg-signal-strong"
        >
          <Icon name="arrowUp" className="size-4" />
          {counted(count, noun)}
        </button>
      )}
    </div>
  );
}
