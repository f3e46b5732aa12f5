import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

/** The family of the type that pictures are drawn with; it knows Chinese. */
export const TYPE = 'Noto Sans SC'

// fontconfig reads it at the first text it draws, so it is told before any picture is.
process.env['FONTCONFIG_FILE'] = fileURLToPath(new URL('fonts/fonts.conf', import.meta.url))

/**
 * An SVG, text included, as PNG; `scale` 2 is sharp on a phone. Choosing the palette is most of the
 * work, and the least effort at it makes a picture of the same size in a third of the time.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Buffer> {
  return sharp(Buffer.from(svg), { density: 72 * scale })
    .png({ palette: true, effort: 1, dither: 0 })
    .toBuffer()
}

/** A photo the right way up, small enough to keep, without the place it was taken; null for no picture. */
export const smallPhoto = (bytes: Uint8Array): Promise<Buffer | null> =>
  sharp(bytes)
    .rotate()
    .resize({ width: 1280, height: 1280, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer()
    .catch(() => null)

/** A kept photo as a card shows it. */
export const photoPng = (bytes: Uint8Array): Promise<Buffer> =>
  sharp(bytes)
    .resize({ width: 800, height: 800, fit: 'inside', withoutEnlargement: true })
    .png({ palette: true })
    .toBuffer()
