import type { BankSetting } from '../../../bot/services.ts'
import type { Say } from '../../../core/text.ts'
import { svgToPng, TYPE } from '../../../infra/pictures/picture.ts'
import { qrOf } from '../../../infra/pictures/qr.ts'
import { pageUrl } from '../rules.ts'
import { codeSvg, type PictureFacts, posterSvg, previewSvg, sheetSvg } from './render.ts'

/** Which picture of a link: for a chat, to forward, or to print for the counter. */
export type PictureKind = 'code' | 'poster' | 'sheet'

const DRAWINGS: Record<PictureKind, { svg(facts: PictureFacts): string; scale: number }> = {
  code: { svg: codeSvg, scale: 2 },
  poster: { svg: posterSvg, scale: 1.5 },
  sheet: { svg: sheetSvg, scale: 2 },
}

/** A picture of a link as PNG. */
export function linkPng(
  kind: PictureKind,
  bank: BankSetting,
  link: { readonly code: string; readonly by: string; readonly offer: string },
  publicUrl: string,
  say: Say,
): Promise<Buffer> {
  const { svg, scale } = DRAWINGS[kind]
  const { name: bankName, colour } = bank
  const qr = qrOf(pageUrl(publicUrl, link.code, 'scan'))
  return svgToPng(svg({ bankName, colour, type: TYPE, ...link, qr, say }), scale)
}

const previews = new Map<string, Promise<Buffer>>()

/** The picture beside a link in a chat, drawn once. */
export function previewPng(
  { name: bankName, colour }: BankSetting,
  size: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  const key = `${bankName}\n${colour}`
  const png =
    previews.get(key) ??
    svgToPng(previewSvg({ bankName, colour, type: TYPE }, [size.width, size.height]), 1)
  previews.set(key, png)
  return png
}
