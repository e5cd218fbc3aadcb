import { Disc, heart, Shape, star, Stroke } from '@/shared/picture/kit';

export function Bag() {
  return (
    <>
      <Stroke d="M84 92V72C84 30 156 30 156 72V92" width={11} />
      <Stroke d="M84 92V72C84 30 156 30 156 72V92" width={4} tone="second" />
      <Shape d="M52 84H188L202 202H38Z" printed />
      <Shape d="M52 84H188L190.500 104H49.500Z" tone="second" />
    </>
  );
}

export function LunchBox() {
  return (
    <>
      <Stroke d="M96 74C96 42 144 42 144 74" width={11} />
      <Shape
        d="M40 88C40 78 46 72 56 72H184C194 72 200 78 200 88V184C200 194 194 200 184 200H56C46 200 40 194 40 184Z"
        printed
      />
      <Stroke d="M40 122H200" />
      <Shape d="M102 110H138V138H102Z" tone="second" />
    </>
  );
}

export function Parcel() {
  return (
    <>
      <Shape d="M48 96H192V200H48Z" printed />
      <Shape d="M38 72H202V104H38Z" />
      <Shape d="M106 72H134V200H106Z" tone="second" />
      <Shape d="M120 70C92 22 48 50 82 70ZM120 70C148 22 192 50 158 70Z" tone="second" />
      <Disc x={120} y={68} r={10} tone="second" />
    </>
  );
}

export function Bunting() {
  return (
    <>
      <Shape
        d="M30 92C40 96 52 99 66 102L44 150ZM72 103C86 105 98 106 110 106.500L92 158ZM130 106.500C142 106 154 105 168 103L148 158ZM174 102C188 99 200 96 210 92L196 150Z"
        printed
      />
      <Stroke d="M18 86C80 112 160 112 222 86" width={5} />
      <Shape d={star(62, 186, 11)} tone="second" />
      <Shape d={star(120, 192, 11)} tone="second" />
      <Shape d={star(178, 186, 11)} tone="second" />
    </>
  );
}

export function Card() {
  return (
    <>
      <Shape d="M72 44H196V150H72Z" tone="print" />
      <Shape d={heart(134, 124, 30)} />
      <Shape d="M40 98H176V196H40Z" printed />
      <Stroke d="M40 98L108 152L176 98" />
    </>
  );
}

export function Book() {
  return (
    <>
      <Shape d="M60 42H184V202H60C50 202 46 196 46 188V56C46 48 50 42 60 42Z" printed />
      <Shape d="M78 66H166V112H78Z" tone="second" />
      <Stroke d="M64 42V202M94 82H150M94 97H134" />
    </>
  );
}

export function Pencils() {
  return (
    <>
      <Shape d="M78 110V54L90 30L102 54V110Z" />
      <Shape d="M108 110V70L120 46L132 70V110Z" tone="second" />
      <Shape d="M138 110V48L150 24L162 48V110Z" />
      <Shape d="M62 106H178L168 204H72Z" tone="second" printed />
    </>
  );
}

export function Doll() {
  return (
    <>
      <Shape
        d="M120 34C88 34 76 60 82 86C56 104 52 150 66 190C84 208 156 208 174 190C188 150 184 104 158 86C164 60 152 34 120 34Z"
        printed
      />
      <Disc x={120} y={74} r={26} tone="print" />
      <Shape d="M94 74C94 40 146 40 146 74C134 66 128 62 120 54C112 62 106 66 94 74Z" tone="second" />
      <Stroke d="M110 76V78M130 76V78M114 87C118 90 122 90 126 87" />
      <Shape d={heart(120, 172, 26)} tone="second" />
    </>
  );
}

export function Bird() {
  return (
    <>
      <Stroke d="M106 180V204M128 180V204M94 204H140" />
      <Shape
        d="M62 84C62 52 110 46 118 84C150 84 178 104 206 96C196 148 164 184 116 184C78 184 62 150 62 84Z"
        printed
      />
      <Shape d="M104 116C130 112 158 122 168 116C158 146 118 158 104 116Z" tone="second" />
      <Shape d="M62 82L36 92L62 98Z" tone="second" />
      <Disc x={84} y={82} r={4} tone="ink" />
    </>
  );
}

export function FlowerPot() {
  return (
    <>
      <Stroke d="M120 130V84M120 118C104 110 96 100 92 88M120 118C136 110 144 100 148 88" />
      <Disc x={120} y={62} r={24} tone="second" />
      <Disc x={120} y={62} r={9} />
      <Disc x={84} y={82} r={15} tone="second" />
      <Disc x={156} y={82} r={15} tone="second" />
      <Shape d="M74 146H166L154 204H86Z" printed />
      <Shape d="M64 126H176V150H64Z" />
    </>
  );
}

export function Parasol() {
  return (
    <>
      <Stroke d="M120 108V182C120 206 92 206 92 186" width={7} />
      <Shape
        d="M32 120C36 72 76 44 120 44S204 72 208 120C196 106 174 106 164 120C152 106 132 106 120 120C108 106 88 106 76 120C66 106 44 106 32 120Z"
        printed
      />
      <Stroke d="M120 44C92 60 78 88 76 120M120 44C148 60 162 88 164 120M120 32V44" />
    </>
  );
}

export function Blocks() {
  return (
    <>
      <Shape d="M84 46H156V118H84Z" printed />
      <Shape d="M44 124H116V196H44Z" tone="second" />
      <Shape d="M124 124H196V196H124Z" printed />
      <Stroke
        d="M106 104L120 62L134 104M111 90H129M66 142V178H84M150 142V178H162C174 178 174 160 162 160H150H160C170 160 170 142 160 142Z"
        width={6}
      />
    </>
  );
}
