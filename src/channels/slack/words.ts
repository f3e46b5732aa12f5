import { z } from 'zod'

// What somebody typed at Slack. A message carries it twice: as `text` in Slack's markup, and as a rich text block
// with every mark apart (docs.slack.dev/reference/block-kit/blocks/rich-text-block), which is read where there is one.

const leaf = z.object({
  type: z.string(),
  text: z.string().optional(),
  url: z.string().optional(),
  user_id: z.string().optional(),
  unicode: z.string().optional(),
  name: z.string().optional(),
})
const piece = z.object({ type: z.string(), elements: z.array(leaf).default([]) })
const part = z.object({
  type: z.string(),
  style: z.string().optional(),
  offset: z.number().int().min(0).optional(),
  elements: z.array(z.union([piece.required({ elements: true }), leaf])).default([]),
})
const richText = z
  .array(z.object({ type: z.literal('rich_text'), elements: z.array(part).min(1) }))
  .min(1)

/** The words of a message, without the mention of the bot and without marks of formatting. */
export function wordsOf(
  { text, blocks }: { readonly text: string; readonly blocks?: unknown },
  bot: string | null,
): string {
  const rich = richText.safeParse(blocks)
  if (!rich.success) return plain(text, bot)
  const parts = rich.data.flatMap(({ elements }) => elements)
  // What is quoted was said by somebody else, unless it is all there is.
  const own = parts.filter(({ type }) => type !== 'rich_text_quote')
  const said = (own.some((each) => linesOf(each, bot).trim()) ? own : parts)
    .map((each) => linesOf(each, bot))
    .join('\n')
  return tidied(said)
}

/** A part as lines; those of an ordered list with their numbers, which Slack takes out of the text. */
function linesOf({ type, style, offset = 0, elements }: z.infer<typeof part>, bot: string | null) {
  if (type !== 'rich_text_list') {
    return elements.map((each) => ('elements' in each ? '' : leafText(each, bot))).join('')
  }
  return elements
    .map((each, index) => {
      const words =
        'elements' in each ? each.elements.map((one) => leafText(one, bot)).join('') : ''
      return style === 'ordered' ? `${offset + index + 1}. ${words}` : words
    })
    .join('\n')
}

function leafText(each: z.infer<typeof leaf>, bot: string | null): string {
  switch (each.type) {
    case 'user':
      return each.user_id === bot ? ' ' : `@${each.user_id ?? ''}`
    case 'link':
      return each.text ?? (each.url ?? '').replace(/^(?:tel|mailto):/, '')
    case 'emoji':
      return emoji(each.unicode)
    default:
      return each.text ?? ''
  }
}

/** `0031-fe0f-20e3` is the key cap 1. */
function emoji(unicode: string | undefined): string {
  const points = unicode?.split('-').map((point) => Number.parseInt(point, 16)) ?? []
  return points.every((point) => point > 0 && point <= 0x10ffff)
    ? String.fromCodePoint(...points)
    : ''
}

/** `*bold*`, but neither 3*4*5 nor wx_8888_6666. */
const MARKS = ['*', '_', '~', '`'].map(
  (mark) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}${mark}])[${mark}](?=\\S)([^${mark}\\n]+)(?<=\\S)[${mark}](?![\\p{L}\\p{N}${mark}])`,
      'gu',
    ),
)

/**
 * Slack's markup as plain text: `<tel:1|1>` and `<https://…|label>` by their label, marks of formatting
 * and the mention of the bot taken off, entities undone.
 */
export function plain(text: string, bot: string | null = null): string {
  const linked = text
    .replace(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, id: string) => (id === bot ? ' ' : `@${id}`))
    .replace(/<[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<(?:tel|mailto):([^<>]*)>/g, '$1')
    .replace(/<(https?:[^<>]*)>/g, '$1')
  const unmarked = MARKS.reduce((line, mark) => line.replace(mark, '$1'), linked)
  return tidied(unmarked.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
}

const tidied = (text: string): string => text.replace(/[^\S\n]+/g, ' ').trim()
