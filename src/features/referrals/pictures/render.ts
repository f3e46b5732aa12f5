import { inkOn, readableOn } from '../../../core/colour.ts'
import type { Say } from '../../../core/text.ts'
import { lines, paragraph, rect, svg, write } from './shapes.ts'

/** What every picture carries of the bank and of the link. */
export interface PictureFacts {
  readonly bankName: string
  readonly colour: string
  /** The family of the type. */
  readonly type: string
  /** Who recommends, as visitors see it. */
  readonly by: string
  readonly offer: string
  readonly code: string
  readonly qr: { readonly side: number; readonly path: string }
  readonly say: Say
}

const INK = '#1b2430'
const SOFT = '#55606e'

/** The QR code in the bank's colour, dark enough to be scanned, on white. */
const qrAt = ({ qr, colour }: PictureFacts, x: number, y: number, side: number): string =>
  `${rect(x, y, side, side, '#ffffff')}<path transform="translate(${x} ${y}) scale(${side / qr.side})" fill="${readableOn('#ffffff', colour)}" shape-rendering="crispEdges" d="${qr.path}"/>`

/** For a chat: the code, whose it is and whose bank. */
export function codeSvg(facts: PictureFacts): string {
  const { bankName, colour, type, by, offer, code, say } = facts
  return svg(
    360,
    468,
    type,
    rect(0, 0, 360, 468, '#ffffff') +
      rect(0, 0, 360, 52, colour) +
      write(lines(bankName, 18, 1)[0] ?? '', {
        x: 180,
        y: 34,
        size: 19,
        fill: inkOn(colour),
        bold: true,
      }) +
      qrAt(facts, 38, 58, 284) +
      write(lines(by, 18, 1)[0] ?? '', { x: 180, y: 366, size: 19, fill: INK, bold: true }) +
      paragraph(offer, 21, 1, { x: 180, y: 396, size: 16, fill: SOFT }) +
      write(say(`扫码留下联系方式 · ${code}`, `Scan and leave your details · ${code}`), {
        x: 180,
        y: 440,
        size: 14,
        fill: SOFT,
      }),
  )
}

/** To forward: who recommends, what is offered, the code, and what happens then. */
export function posterSvg(facts: PictureFacts): string {
  const { bankName, colour, type, by, offer, code, say } = facts
  const ink = inkOn(colour)
  const offerLines = lines(offer, 9.5, 3)
  const below = Math.max(345, 205 + offerLines.length * 58)
  return svg(
    540,
    900,
    type,
    rect(0, 0, 540, 900, colour) +
      `<circle cx="470" cy="80" r="190" fill="${ink}" fill-opacity=".07"/><circle cx="60" cy="860" r="230" fill="${ink}" fill-opacity=".06"/>` +
      write(lines(bankName, 20, 1)[0] ?? '', {
        x: 40,
        y: 70,
        size: 24,
        fill: ink,
        bold: true,
        anchor: 'start',
      }) +
      write(lines(by, 19, 1)[0] ?? '', { x: 40, y: 128, size: 22, fill: ink, anchor: 'start' }) +
      offerLines
        .map((line, index) =>
          write(line, {
            x: 40,
            y: 200 + index * 58,
            size: 44,
            fill: ink,
            bold: true,
            anchor: 'start',
          }),
        )
        .join('') +
      rect(80, below, 380, 444, '#ffffff', 22) +
      qrAt(facts, 110, below + 18, 320) +
      write(say('长按或扫码，留下联系方式', 'Scan it and leave your details'), {
        x: 270,
        y: below + 376,
        size: 23,
        fill: INK,
        bold: true,
      }) +
      write(say('客户经理一个工作日内给您打电话', 'A client manager calls within one workday'), {
        x: 270,
        y: below + 412,
        size: 18,
        fill: SOFT,
      }) +
      write(code, { x: 270, y: 872, size: 16, fill: ink }),
  )
}

/** For the counter: six cards to cut out, on A4 at 96 dots an inch. */
export function sheetSvg(facts: PictureFacts): string {
  const { bankName, colour, type, by, offer, code, say } = facts
  const [wide, high] = [794, 1123]
  const card = (x: number, y: number): string =>
    `<g transform="translate(${x} ${y})">${
      rect(0, 0, 357, 40, colour) +
      write(lines(bankName, 19, 1)[0] ?? '', {
        x: 178,
        y: 27,
        size: 17,
        fill: inkOn(colour),
        bold: true,
      }) +
      qrAt(facts, 66, 44, 225) +
      write(lines(by, 20, 1)[0] ?? '', { x: 178, y: 286, size: 16, fill: INK, bold: true }) +
      paragraph(offer, 22, 1, { x: 178, y: 309, size: 14, fill: SOFT }) +
      write(say(`微信或相机扫码 · ${code}`, `Scan with your camera · ${code}`), {
        x: 178,
        y: 333,
        size: 12,
        fill: SOFT,
      })
    }</g>`
  const cut = (x1: number, y1: number, x2: number, y2: number): string =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#8593a3" stroke-dasharray="5 5"/>`
  const cards = [0, 1, 2].flatMap((row) =>
    [0, 1].map((column) => card(20 + column * 397, 22 + row * 366)),
  )
  return svg(
    wide,
    high,
    type,
    rect(0, 0, wide, high, '#ffffff') +
      cards.join('') +
      cut(397, 0, 397, high) +
      cut(0, 375, wide, 375) +
      cut(0, 741, wide, 741),
  )
}

/** Beside a link in a chat: the bank, and what its pages are about. */
export function previewSvg(
  { bankName, colour, type }: Pick<PictureFacts, 'bankName' | 'colour' | 'type'>,
  [wide, high]: readonly [number, number],
): string {
  const ink = inkOn(colour)
  return svg(
    wide,
    high,
    type,
    rect(0, 0, wide, high, colour) +
      `<circle cx="${wide - 70}" cy="60" r="190" fill="${ink}" fill-opacity=".08"/>` +
      write(lines(bankName, 15, 1)[0] ?? '', {
        x: 60,
        y: high / 2 - 10,
        size: 64,
        fill: ink,
        bold: true,
        anchor: 'start',
      }) +
      write('小微企业融资咨询', {
        x: 60,
        y: high / 2 + 60,
        size: 36,
        fill: ink,
        anchor: 'start',
      }),
  )
}
