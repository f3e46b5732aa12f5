import { fileURLToPath } from 'node:url'

/** The family of the type that pictures are drawn with; it knows Chinese. */
export const TYPE = 'Noto Sans SC'

// fontconfig reads it at the first text it draws, so it is told before any picture is.
process.env['FONTCONFIG_FILE'] = fileURLToPath(new URL('fonts/fonts.conf', import.meta.url))

/** Loaded for the first picture: it takes 15 MB and a tenth of a second, and most processes draw none. */
const drawing = async () => (await import('sharp')).default

/**
 * An SVG, text included, as PNG; `scale` 2 is sharp on a phone. Choosing the palette is most of the
 * work, and the least effort at it makes a picture of the same size in a third of the time.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Buffer> {
  const sharp = await drawing()
  return sharp(Buffer.from(svg), { density: 72 * scale })
    .png({ palette: true, effort: 1, dither: 0 })
    .toBuffer()
}

/** How the files of the three kinds begin, in hexadecimal; an SVG would be drawn, and whatever it refers to with it. */
const PHOTO = /^(?:ffd8ff|89504e470d0a1a0a|52494646.{8}57454250)/

/** The largest cameras of phones; a picture that claims to be larger is not unfolded. */
const MOST_PIXELS = 120_000_000
const MOST_SECONDS = 10

async function photo(bytes: Uint8Array) {
  const sharp = await drawing()
  return sharp(bytes, { limitInputPixels: MOST_PIXELS }).timeout({ seconds: MOST_SECONDS })
}

/**
 * A photo (JPEG, PNG, WebP) the right way up, small enough to keep, without the place it was taken; null for
 * anything else, and for one that takes too much.
 */
export async function smallPhoto(bytes: Uint8Array): Promise<Buffer | null> {
  if (!PHOTO.test(Buffer.from(bytes.subarray(0, 16)).toString('hex'))) return null
  const taken = await photo(bytes)
  return taken
    .rotate()
    .resize({ width: 1280, height: 1280, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer()
    .catch(() => null)
}

/** A kept photo as a card shows it. */
export async function photoPng(bytes: Uint8Array): Promise<Buffer> {
  const kept = await photo(bytes)
  return kept
    .resize({ width: 800, height: 800, fit: 'inside', withoutEnlargement: true })
    .png({ palette: true })
    .toBuffer()
}

/** Whether the type is found that pictures are drawn with: a letter of it is not the box of one that is missing. */
export async function drawsChinese(): Promise<boolean> {
  const drawn = (letter: string) =>
    svgToPng(
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="4" y="32" font-size="30" font-family="${TYPE}">${letter}</text></svg>`,
    )
  const NO_LETTER = '\uE000'
  const [letter, missing, nothing] = await Promise.all(['晨', NO_LETTER, ' '].map(drawn))
  return Boolean(letter && missing && nothing && !letter.equals(missing) && !letter.equals(nothing))
}
