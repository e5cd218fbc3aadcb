import type { ComponentProps } from 'react';

import { type ButtonSize, buttonClass, type ButtonVariant } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';

interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Shows a spinner and ignores clicks while the action runs. Keeps the focus, which a disabled button would lose. */
  busy?: boolean;
}

export function Button({ variant, size, busy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      aria-disabled={busy || undefined}
      aria-busy={busy}
      className={buttonClass(variant, size, className)}
    >
      {busy && <Icon name="spinner" className="animate-spin" />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  icon: Parameters<typeof Icon>[0]['name'];
  label: string;
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={buttonClass('quiet', 'medium', `w-10 px-0 ${className ?? ''}`)}
    >
      <Icon name={icon} />
    </button>
  );
}
