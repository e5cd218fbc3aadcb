import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import { focusHeading } from '@/shared/focus';

/** Time for a closing dialog to return the focus itself. */
const RETURN_MS = 50;

/**
 * Keeps the focus where keyboards and screen readers expect it: at the heading after each navigation, which it also
 * announces, and never on an element that no longer exists.
 */
export function PageFocus() {
  const title = useFocusAfterNavigation();
  useFocusAfterRemoval();
  return (
    <p role="status" className="sr-only">
      {title}
    </p>
  );
}

/** Moves the focus to the heading of each new page as soon as it has one. Returns the title of that page. */
function useFocusAfterNavigation(): string {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const lastPath = useRef(path);
  const [title, setTitle] = useState('');
  useEffect(() => {
    const isFirst = lastPath.current === undefined || lastPath.current === path;
    lastPath.current = path;
    if (isFirst) return;
    const main = document.querySelector('main');
    if (main === null) return;
    const arrive = () => {
      // A person may have moved on while the page was loading.
      if ([main, document.body].includes(document.activeElement as HTMLElement)) focusHeading();
      setTitle(document.title);
    };
    main.focus({ preventScroll: true });
    const observer = new MutationObserver(() => {
      if (main.querySelector('h1') === null) return;
      observer.disconnect();
      arrive();
    });
    if (main.querySelector('h1') === null) observer.observe(main, { childList: true, subtree: true });
    else arrive();
    return () => observer.disconnect();
  }, [path]);
  return title;
}

/**
 * Moves the focus if the focused element disappears or gets disabled: to a control beside it, to the open dialog, or to
 * the heading.
 */
function useFocusAfterRemoval(): void {
  useEffect(() => {
    let last: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = () =>
      document.activeElement === document.body &&
      last !== null &&
      (!last.isConnected || last.matches(':disabled'));
    const remember = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null;
    };
    const recover = () => {
      if (!isLost()) return;
      const neighbour = last?.isConnected === true ? controlBeside(last) : null;
      const dialog = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1);
      if (neighbour !== null) neighbour.focus();
      else if (dialog !== undefined) dialog.focus();
      else focusHeading();
    };
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      clearTimeout(timer);
      timer = setTimeout(recover, RETURN_MS);
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
}

/** Usable control that is closest in the page. */
function controlBeside(element: Element): HTMLElement | null {
  for (let box = element.parentElement; box !== null; box = box.parentElement) {
    const control = box.querySelector<HTMLElement>(
      'a[href], button:enabled, input:enabled, textarea:enabled',
    );
    if (control !== null) return control;
  }
  return null;
}
