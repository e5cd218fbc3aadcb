import { Disc, heart, Shape, Stroke } from '@/shared/picture/kit';

export function Cup() {
  return (
    <>
      <Shape d="M44 186H178C172 198 160 202 148 202H74C62 202 50 198 44 186Z" tone="second" />
      <Stroke d="M166 110C200 104 204 152 158 154" width={12} />
      <Stroke d="M166 110C200 104 204 152 158 154" width={5} tone="second" />
      <Shape d="M54 92H168C168 140 156 182 128 186H94C66 182 54 140 54 92Z" printed />
      <Stroke d="M92 72C84 62 100 56 92 44M126 72C118 62 134 56 126 44" />
    </>
  );
}

export function Teapot() {
  return (
    <>
      <Stroke d="M166 116C208 104 208 168 160 166" width={13} />
      <Stroke d="M166 116C208 104 208 168 160 166" width={6} tone="second" />
      <Shape d="M70 130C48 128 46 104 26 102C28 128 44 154 72 158Z" />
      <Shape d="M58 142C58 100 86 84 116 84S174 100 174 142C174 176 150 192 116 192S58 176 58 142Z" printed />
      <Shape d="M84 90C90 72 142 72 148 90Z" tone="second" />
      <Disc x={116} y={68} r={9} tone="second" />
    </>
  );
}

export function CakeStand() {
  return (
    <>
      <Stroke d="M120 54V196" width={7} />
      <Shape d="M84 82H156L148 94H92Z" printed />
      <Shape d="M62 130H178L166 144H74Z" printed />
      <Shape d="M40 182H200L184 198H56Z" printed />
      <Shape d="M100 82C100 64 140 64 140 82Z" tone="second" />
      <Shape d="M74 130C74 112 106 112 106 130ZM134 130C134 112 166 112 166 130Z" tone="second" />
      <Shape
        d="M54 182C54 164 86 164 86 182ZM104 182C104 164 136 164 136 182ZM154 182C154 164 186 164 186 182Z"
        tone="second"
      />
      <Disc x={120} y={40} r={10} tone="none" />
    </>
  );
}

export function CakeCase() {
  return (
    <>
      <Shape d="M66 124L84 196H156L174 124Z" printed />
      <Stroke d="M92 128L100 194M120 128V194M148 128L140 194" width={3} />
      <Shape
        d="M58 126C44 100 70 92 76 94C76 66 106 58 120 70C136 54 168 68 164 94C186 90 196 114 182 126C168 136 72 136 58 126Z"
        tone="second"
      />
      <Disc x={121} y={60} r={12} />
    </>
  );
}

export function Jar() {
  return (
    <>
      <Shape
        d="M78 84C64 90 60 100 60 116V180C60 194 68 200 82 200H158C172 200 180 194 180 180V116C180 100 176 90 162 84Z"
        tone="second"
      />
      <Shape d="M60 132H180V180C180 194 172 200 158 200H82C68 200 60 194 60 180Z" />
      <Shape d="M84 126H156V176H84Z" tone="print" />
      <Shape d={heart(120, 166, 17)} />
      <Shape d="M68 58H172L180 90C150 82 90 82 60 90Z" printed />
    </>
  );
}

export function Tin() {
  return (
    <>
      <Shape d="M56 92V176C56 196 184 196 184 176V92Z" printed />
      <Shape d="M88 112H152V160H88Z" tone="second" />
      <Stroke d="M100 128H140M108 144H132" />
      <Shape d="M52 74H188V98C188 112 52 112 52 98Z" />
      <Shape d="M52 76C52 58 188 58 188 76S52 94 52 76Z" />
    </>
  );
}

export function Plate() {
  return (
    <>
      <Disc x={120} y={122} r={82} printed />
      <Disc x={120} y={122} r={50} tone="second" />
      <Shape d={heart(120, 148, 26)} />
    </>
  );
}

export function Bowl() {
  return (
    <>
      <Shape d="M92 192H148L154 206H86Z" tone="second" />
      <Shape d="M40 112H200C200 164 166 194 120 194S40 164 40 112Z" printed />
      <Shape d="M36 98H204V118H36Z" tone="second" />
      <Stroke d="M160 98L186 40" width={9} />
      <Stroke d="M160 98L186 40" width={3} tone="second" />
    </>
  );
}

export function Cutlery() {
  return (
    <>
      <Shape d="M78 44C60 44 56 98 72 108V196H86V108C100 98 96 44 78 44Z" />
      <Shape
        d="M112 44V92C112 104 116 108 120 110V196H134V110C138 108 142 104 142 92V44H134V86H130V44H124V86H120V44Z"
        tone="second"
      />
      <Shape d="M162 44C184 58 186 104 178 122V196H164Z" />
    </>
  );
}

export function Bottle() {
  return (
    <>
      <Shape d="M104 40H136V66H104Z" tone="second" />
      <Shape
        d="M104 62C104 84 66 84 66 112V178C66 196 76 204 94 204H146C164 204 174 196 174 178V112C174 84 136 84 136 62Z"
        printed
      />
      <Shape d={heart(120, 172, 26)} tone="second" />
    </>
  );
}

export function Scales() {
  return (
    <>
      <Shape d="M52 70H188L174 98H66Z" tone="second" />
      <Shape d="M80 98H160L182 200H58Z" printed />
      <Disc x={120} y={150} r={32} tone="print" />
      <Stroke d="M120 150L136 132M120 124V128M94 150H98M142 150H146" />
    </>
  );
}

export function Apron() {
  return (
    <>
      <Stroke d="M92 66C92 26 148 26 148 66M70 118L40 134M170 118L200 134" />
      <Shape
        d="M88 62H152C154 90 164 108 180 112V190C160 204 80 204 60 190V112C76 108 86 90 88 62Z"
        printed
      />
      <Shape d="M84 132H156V158C156 178 84 178 84 158Z" tone="second" />
    </>
  );
}
