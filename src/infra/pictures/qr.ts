import { encode, renderUnicodeCompact } from 'uqr'

/** A QR code as modules: the number of them along a side, and the dark ones as an SVG path. */
export interface QrCode {
  readonly side: number
  readonly path: string
}

/** A QR code with the quiet zone that scanners want (ISO/IEC 18004: four modules). */
export function qrOf(text: string): QrCode {
  const { data, size } = encode(text, { border: 4, ecc: 'M' })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return { side: size, path }
}

/** A QR code to be scanned from a terminal. */
export const qrText = (text: string): string => renderUnicodeCompact(text, { border: 2 })
