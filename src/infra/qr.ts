import sharp from 'sharp'
import { renderSVG } from 'uqr'

/** Pixels of a QR picture's side: sharp on a phone, a few kilobytes. */
const SIDE = 480

/** A QR code as PNG, with the quiet zone that scanners want (ISO/IEC 18004: four modules). */
export async function qrPng(text: string): Promise<Buffer> {
  const svg = renderSVG(text, { border: 4, ecc: 'M' })
  return sharp(Buffer.from(svg), { density: 300 })
    .resize(SIDE, SIDE, { kernel: 'nearest' })
    .png({ palette: true, colours: 2 })
    .toBuffer()
}
