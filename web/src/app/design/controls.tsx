import { useState } from 'react';

import { Chapter, Specimen } from '@/app/design/specimen';
import { Button, IconButton } from '@/shared/components/button';
import type { ButtonVariant } from '@/shared/components/button-class';
import { CheckboxField } from '@/shared/components/checkbox-field';
import { ChoiceGroup } from '@/shared/components/choice-group';
import { Icon } from '@/shared/components/icon';
import { Modal } from '@/shared/components/modal';
import { NativeSelect } from '@/shared/components/native-select';
import { QuantityField } from '@/shared/components/quantity-field';
import { Segments } from '@/shared/components/segments';
import { SelectField } from '@/shared/components/select-field';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';

const VARIANTS: ButtonVariant[] = ['primary', 'secondary', 'quiet', 'danger'];
const OPTIONS = [
  { value: 'one', label: 'The first' },
  { value: 'two', label: 'The second' },
  { value: 'three', label: 'The third' },
] as const;
const CHOICES = [
  { value: 'card', title: 'Card', detail: 'Charged now.' },
  { value: 'invoice', title: 'Invoice', detail: 'Due within 14 days.' },
] as const;

export function Controls() {
  const [option, setOption] = useState<(typeof OPTIONS)[number]['value']>('one');
  const [choice, setChoice] = useState<(typeof CHOICES)[number]['value']>('card');
  const [isOn, setIsOn] = useState(true);
  const [quantity, setQuantity] = useState(2);
  const [open, setOpen] = useState<'dialog' | 'side' | null>(null);
  return (
    <Chapter title="Controls">
      {VARIANTS.map((variant) => (
        <Specimen key={variant} name={`Button, ${variant}`}>
          <Button variant={variant}>Ready</Button>
          <Button variant={variant} busy>
            Busy
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
          <Button variant={variant} size="small">
            Small
          </Button>
          <Button variant={variant} size="large">
            <Icon name="lock" />
            Large
          </Button>
        </Specimen>
      ))}
      <Specimen name="Button, huge">
        <Button size="huge" className="w-full max-w-md text-xl">
          <Icon name="truck" className="size-8" />
          On the way
        </Button>
      </Specimen>
      <Specimen name="Icon button">
        <IconButton icon="close" label="Close" />
        <IconButton icon="copy" label="Copy" disabled />
      </Specimen>
      <Specimen name="Text field">
        <TextField label="Empty" placeholder="Type here" required className="w-56" />
        <TextField label="With a hint" hint="A short explanation" defaultValue="A value" className="w-56" />
        <TextField label="Invalid" error="Enter at least 1" defaultValue="0" required className="w-56" />
        <TextField label="Disabled" disabled defaultValue="Read only" className="w-56" />
        <TextField label="Several lines" rows={3} defaultValue="A longer text" className="w-56" />
      </Specimen>
      <Specimen name="Choices">
        <SelectField label="Select" options={OPTIONS} value={option} onChange={setOption} className="w-48" />
        <NativeSelect label="Native select" options={OPTIONS} className="w-48" />
        <NativeSelect label="Invalid select" options={OPTIONS} error="Choose another" className="w-48" />
        <QuantityField label="Quantity" value={quantity} max={5} onChange={setQuantity} />
        <CheckboxField label="Checkbox" checked={isOn} onChange={setIsOn} />
      </Specimen>
      <Specimen name="Segments">
        <Segments label="Option" options={OPTIONS} value={option} onChange={setOption} />
      </Specimen>
      <Specimen name="Choice group">
        <div className="w-full max-w-md">
          <ChoiceGroup label="Payment method" choices={CHOICES} value={choice} onChange={setChoice} />
        </div>
      </Specimen>
      <Specimen name="Overlays">
        <Button variant="secondary" onClick={() => setOpen('dialog')}>
          Dialog
        </Button>
        <Button variant="secondary" onClick={() => setOpen('side')}>
          Drawer
        </Button>
        <Button
          variant="secondary"
          onClick={() => toasts.add({ title: 'Done', description: 'Closes automatically' })}
        >
          Toast
        </Button>
        <Modal title="A dialog" kind={open ?? 'dialog'} isOpen={open !== null} onClose={() => setOpen(null)}>
          <p>Escape closes it and returns the focus.</p>
        </Modal>
      </Specimen>
    </Chapter>
  );
}
