import { Disc, heart, Shape, star, Stroke } from '@/shared/picture/kit';

export function HangingHeart() {
  return (
    <>
      <Stroke d="M120 30V76" />
      <Shape d="M120 44C104 30 96 52 120 54C144 52 136 30 120 44Z" tone="second" />
      <Shape d={heart(120, 206, 76)} printed />
    </>
  );
}

export function Candle() {
  return (
    <>
      <Shape d="M120 62C104 84 108 100 120 100S136 84 120 62Z" tone="second" />
      <Stroke d="M120 96V112" />
      <Shape d="M92 112H148V150H92Z" tone="second" />
      <Shape d="M62 122H178L166 188C162 202 78 202 74 188Z" printed />
      <Shape d="M54 108H72V128H54ZM168 108H186V128H168Z" />
    </>
  );
}

export function Lantern() {
  return (
    <>
      <Stroke d="M96 58C96 22 144 22 144 58" />
      <Shape d="M82 78L104 54H136L158 78Z" />
      <Shape d="M78 78H162V186H78Z" tone="second" />
      <Shape d="M120 112C106 132 110 148 120 148S134 132 120 112Z" />
      <Shape d="M106 150H134V186H106Z" tone="print" />
      <Stroke d="M78 78V186M162 78V186" width={9} />
      <Shape d="M68 186H172V202H68Z" />
    </>
  );
}

export function Sign() {
  return (
    <>
      <Stroke d="M80 84L120 40L160 84" />
      <Disc x={120} y={40} r={6} tone="second" />
      <Shape d="M40 84H200V178H40Z" printed />
      <Shape d="M56 98H184V164H56Z" tone="second" />
      <Stroke d="M78 120H162M92 142H148" width={6} />
    </>
  );
}

export function Clock() {
  return (
    <>
      <Stroke d="M82 190L68 206M158 190L172 206" width={9} />
      <Disc x={82} y={64} r={22} tone="second" />
      <Disc x={158} y={64} r={22} tone="second" />
      <Disc x={120} y={128} r={72} printed />
      <Disc x={120} y={128} r={50} tone="print" />
      <Stroke d="M120 128V98M120 128L140 140" width={6} />
    </>
  );
}

export function Frame() {
  return (
    <>
      <Shape d="M56 40H184V204H56Z" printed />
      <Shape d="M80 64H160V180H80Z" tone="print" />
      <Shape d="M80 152L108 118L128 142L142 128L160 148V180H80Z" tone="second" />
      <Disc x={138} y={92} r={11} tone="second" />
    </>
  );
}

export function Drawers() {
  return (
    <>
      <Stroke d="M66 196V210M174 196V210" width={9} />
      <Shape d="M50 50H190V198H50Z" />
      <Shape d="M64 64H176V112H64ZM64 126H176V184H64Z" tone="second" printed />
      <Disc x={120} y={88} r={8} />
      <Disc x={120} y={155} r={8} />
    </>
  );
}

export function Hooks() {
  return (
    <>
      <Shape d="M32 74H208V114H32Z" printed />
      <Stroke
        d="M66 102V140C66 164 92 164 92 144M118 102V140C118 164 144 164 144 144M170 102V140C170 164 196 164 196 144"
        width={10}
      />
      <Stroke
        d="M66 102V140C66 164 92 164 92 144M118 102V140C118 164 144 164 144 144M170 102V140C170 164 196 164 196 144"
        width={3}
        tone="second"
      />
    </>
  );
}

export function Mat() {
  return (
    <>
      <Stroke d="M28 88H40M28 106H40M28 124H40M28 142H40M28 160H40M200 88H212M200 106H212M200 124H212M200 142H212M200 160H212" />
      <Shape d="M40 74H200V178H40Z" printed />
      <Shape d="M62 96H178V156H62Z" tone="second" />
      <Shape d={heart(120, 146, 22)} />
    </>
  );
}

export function Cushion() {
  return (
    <>
      <Shape
        d="M52 56C86 68 154 68 188 56C178 92 178 152 190 190C152 178 88 178 50 190C62 152 62 92 52 56Z"
        printed
      />
      <Disc x={120} y={122} r={9} tone="second" />
    </>
  );
}

export function House() {
  return (
    <>
      <Shape d="M150 52H170V88H150Z" tone="second" />
      <Shape d="M58 112H182V202H58Z" printed />
      <Shape d="M40 116L120 46L200 116Z" tone="second" />
      <Shape d="M104 150H136V202H104Z" tone="print" />
      <Shape d={heart(120, 106, 13)} />
    </>
  );
}

export function Bauble() {
  return (
    <>
      <Stroke d="M120 24V56" />
      <Shape d="M106 54H134V72H106Z" tone="second" />
      <Disc x={120} y={134} r={64} printed />
      <Shape d={star(120, 136, 34)} tone="second" />
    </>
  );
}

export function Lamp() {
  return (
    <>
      <Shape d="M98 132H142L150 200H90Z" tone="second" />
      <Shape d="M40 134C40 84 76 50 120 50S200 84 200 134C170 144 70 144 40 134Z" printed />
    </>
  );
}
