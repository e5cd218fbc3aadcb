import { Disc, heart, Shape, Stroke } from '@/shared/picture/kit';

export function WateringCan() {
  return (
    <>
      <Stroke d="M92 92C92 44 168 44 168 92" width={9} />
      <Shape d="M82 130L40 96L26 104L78 172Z" />
      <Shape d="M20 90L44 78L50 106L32 114Z" tone="second" />
      <Shape d="M78 92H182V186C182 204 78 204 78 186Z" printed />
      <Stroke d="M182 112C214 112 214 168 182 168" width={9} />
    </>
  );
}

export function Basket() {
  return (
    <>
      <Stroke d="M58 108C58 34 182 34 182 108" width={11} />
      <Stroke d="M58 108C58 34 182 34 182 108" width={4} tone="second" />
      <Shape d="M44 106H196L178 202H62Z" printed />
      <Stroke d="M54 134H186M60 166H180" width={3} />
      <Shape d="M36 96H204V118H36Z" tone="second" />
    </>
  );
}

export function Cookie() {
  return (
    <>
      <Disc x={120} y={70} r={34} />
      <Shape
        d="M88 98C60 92 40 104 46 118C52 132 76 126 84 124V150C70 172 58 192 74 202C92 210 106 192 120 174C134 192 148 210 166 202C182 192 170 172 156 150V124C164 126 188 132 194 118C200 104 180 92 152 98C140 106 100 106 88 98Z"
        printed
      />
      <Stroke d="M108 64V66M132 64V66M108 82C116 88 124 88 132 82" />
      <Shape d={heart(120, 146, 15)} tone="second" />
    </>
  );
}

export function Purse() {
  return (
    <>
      <Disc x={108} y={62} r={11} tone="second" />
      <Disc x={132} y={62} r={11} tone="second" />
      <Shape d="M54 96C40 140 40 198 84 200H156C200 198 200 140 186 96Z" printed />
      <Shape d="M58 74H182C190 74 190 104 182 104H58C50 104 50 74 58 74Z" tone="second" />
    </>
  );
}

export function Napkins() {
  return (
    <>
      <Shape d="M62 66L196 46L204 172L72 190Z" tone="second" />
      <Shape d="M40 74H176V206H40Z" printed />
      <Shape d="M40 206V74L176 206Z" tone="shade" outlined={false} />
      <Stroke d="M40 74L176 206" />
    </>
  );
}

export function Stamp() {
  return (
    <>
      <Shape d="M46 44H194V200H46Z" tone="print" />
      <Shape d="M62 60H178V184H62Z" printed />
      <Shape d="M84 108L120 84L156 108V152H84Z" tone="second" />
      <Stroke d="M84 108L120 132L156 108" />
    </>
  );
}

export function Scissors() {
  return (
    <>
      <Stroke d="M86 150L160 46M154 150L80 46" width={10} />
      <Stroke d="M86 150L160 46M154 150L80 46" width={3} tone="print" />
      <Disc x={76} y={172} r={26} />
      <Disc x={164} y={172} r={26} />
      <Disc x={76} y={172} r={11} tone="print" />
      <Disc x={164} y={172} r={11} tone="print" />
    </>
  );
}

export function Bulbs() {
  return (
    <>
      <Stroke d="M18 74C70 104 170 104 222 74" width={5} />
      <Shape d="M44 84H64V100H44ZM110 92H130V108H110ZM176 84H196V100H176Z" tone="second" />
      <Shape
        d="M44 100C28 130 40 156 54 156S80 130 64 100ZM110 108C94 140 106 170 120 170S146 140 130 108ZM176 100C160 130 172 156 186 156S212 130 196 100Z"
        printed
      />
    </>
  );
}

export function Music() {
  return (
    <>
      <Shape d="M38 84H202V166H38Z" printed />
      <Shape d="M52 110H188V140H52Z" tone="second" />
      <Stroke d="M72 110V140M92 110V140M112 110V140M132 110V140M152 110V140M172 110V140" />
    </>
  );
}

export function Ribbon() {
  return (
    <>
      <Shape d="M104 128L74 206L96 194L110 212L124 136Z" tone="second" />
      <Shape d="M136 128L166 206L144 194L130 212L116 136Z" tone="second" />
      <Disc x={120} y={96} r={58} printed />
      <Disc x={120} y={96} r={26} tone="second" />
    </>
  );
}
