import { cn } from '@/shared/cn';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large' | 'huge';

const VARIANTS: Record<ButtonVariant, string> = {
  primary:
    'border-signal bg-signal text-on-signal hover:border-signal-strong hover:bg-signal-strong off:border-line off:bg-well off:text-ink-soft',
  secondary: 'border-ink bg-sheet text-ink hover:bg-well off:border-line off:text-ink-soft',
  quiet: 'border-transparent text-ink hover:bg-well off:text-ink-soft',
  danger: 'border-red bg-sheet text-red hover:bg-red-soft off:border-line off:text-ink-soft',
};

const SIZES: Record<ButtonSize, string> = {
  small: 'min-h-8 px-3 text-sm',
  medium: 'min-h-10 px-4',
  large: 'min-h-12 px-6',
  huge: 'min-h-20 px-6 text-lg',
};

/** Classes of a button, also for links styled as buttons. */
export function buttonClass(
  variant: ButtonVariant = 'primary',
  size: ButtonSize = 'medium',
  className?: string,
): string {
  return cn(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md border-[1.5px] font-semibold whitespace-nowrap no-underline transition-colors select-none off:cursor-not-allowed',
    VARIANTS[variant],
    SIZES[size],
    className,
  );
}
