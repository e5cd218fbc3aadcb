import { cn } from '@/shared/cn';

const PATHS = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16.500 16.500 21 21',
  cart: 'M3 4h2.500l2 11.500h10.500l2-8.500H6.500M9.500 20.500h.01M16.500 20.500h.01',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.500 20.500c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500',
  check: 'M4.500 12.500 10 18 19.500 6.500',
  close: 'M6 6l12 12M18 6 6 18',
  minus: 'M5 12h14',
  plus: 'M12 5v14M5 12h14',
  chevronDown: 'M6 9.500l6 6 6-6',
  chevronRight: 'M9.500 6l6 6-6 6',
  chevronLeft: 'M14.500 6l-6 6 6 6',
  arrowUp: 'M12 20V5M5.500 11 12 4.500 18.500 11',
  warning: 'M12 4 21.500 20h-19ZM12 10v4.500M12 17.300v.01',
  box: 'M4 8l8-4 8 4v8.500l-8 4-8-4ZM4 8l8 4 8-4M12 12v8.500',
  truck:
    'M2.500 6h11v10.500h-11ZM13.500 10h4.500l3.500 3.500v3h-8M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  home: 'M4 11.500 12 4.500l8 7V20H4ZM10 20v-5.500h4V20',
  pin: 'M12 21c4-5 6.500-8 6.500-11a6.500 6.500 0 1 0-13 0c0 3 2.500 6 6.500 11ZM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  phone:
    'M6 3.500h3l1.500 4.500-2 1.500c1 2.500 3.500 5 6 6l1.500-2 4.500 1.500v3c0 1.500-1 2.500-2.500 2.500C10.500 20 4 13.500 3.500 6 3.500 4.500 4.500 3.500 6 3.500Z',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 7.500V12l3 2',
  card: 'M3 6h18v12.500H3ZM3 10.500h18M6.500 15h4',
  lock: 'M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10Z',
  offline:
    'M3 3l18 18M8.500 8.500A9 9 0 0 0 4 11M20 11a11 11 0 0 0-6.500-3.300M7.500 15a6 6 0 0 1 5-1.500M12 19v.01',
  cancel: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM6 6l12 12',
  filter: 'M3.500 6h17M6.500 12h11M10 18h4',
  spinner: 'M12 3.500a8.500 8.500 0 1 0 8.500 8.500',
  copy: 'M8 8V4h12v12h-4M4 8h12v12H4Z',
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative icon in the text colour. Its meaning is in the adjacent text. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={cn('size-5 shrink-0', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
