import { INVISIBLE } from '../normalise.ts'
import { FACES } from './faces.ts'

// What chats and keyboards put around what somebody says, and nobody said.

/** What the bot is called where nobody gave it another name, with a blank behind a name of two words or without. */
const CALLED = '[@＠](?:晨会(?:小?助手|机器人)?|Chen ?Hui(?![\\p{L}\\p{N}]))'
const OWN = new RegExp(
  `(?<![\\p{L}\\p{N}._-])${CALLED}[\\s,，:：]*|(?<=\\p{Script=Han})${CALLED}`,
  'giu',
)
/** Others who are called in one breath with the bot. */
const OTHERS = new RegExp(`^(?:[@＠][^\\s@＠]{1,20}\\s+)+(?=${CALLED})`, 'iu')

/** A text without the bot's own name, wherever it is called. */
export const withoutOwnName = (text: string): string => text.replace(OTHERS, '').replace(OWN, ' ')

/** Each stands at both ends, and nowhere between. */
const PAIRS = [
  ...['“ ”', '" "', '「 」', '『 』', '‘ ’', "' '", '【 】', '``` ```', '` `'],
  ...['** **', '* *', '__ __', '_ _', '~~ ~~', '~ ~'],
].map((pair) => pair.split(' '))
/** `*bold*` within a line, but neither 3*4*5 nor wx_8888_6666. */
const MARKS = ['\\*{1,3}', '_{1,2}', '~{1,2}', '`'].map(
  (mark) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}*_~\`])(${mark})(?=[^\\s*_~\`])([^*_~\`\\n]+)(?<=\\S)\\1(?![\\p{L}\\p{N}*_~\`])`,
      'gu',
    ),
)

/** A text without marks of formatting, as people type them and services send them. */
export const unmarked = (text: string): string =>
  MARKS.reduce((line, mark) => line.replace(mark, '$2'), text)

const FACE = new RegExp(`\\[(?:${FACES.join('|')})\\]`, 'g')
const PICTURE =
  '(?:(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\ufe0f)\\p{Emoji_Modifier}?\\s*)+'
const PICTURE_FIRST = new RegExp(`^\\s*${PICTURE}`, 'u')
const PICTURE_LAST = new RegExp(`${PICTURE}$`, 'u')

/** What was answered to, above a line of dashes: 「周龙：今日清单」. */
const QUOTED = /^\s*「[^」]{0,2000}」[^\S\n]*\n[^\S\n]*[-—–─][-—–─ ]{3,120}\n/
/** Who said it and when, over what is passed on: 周龙 11/26 09:15. */
const SAID_AT =
  /^[^\S\n]*\S{1,20}[^\S\n]{1,3}(?:\d{4}[/.年-])?\d{1,2}[/.月-]\d{1,2}日?[^\S\n]{1,3}\d{1,2}:\d\d(?::\d\d)?[^\S\n]*\n/gm
const PASSED_ON = /^\s*(?:\[转发\]|(?:转发|补充|汇报|报告|re|fwd?)\s*[:：])\s*/i
/** Links and calls as services write them, and what a page leaves. */
const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/<@[UW][A-Z0-9]{2,20}(?:\|[^<>\n]{0,60})?>/g, ' '],
  [/<(?:tel|mailto):([^<>|\s]{1,100})(?:\|[^<>\n]{0,100})?>/g, '$1'],
  [/<\/?(?:p|br|div|span|b|i)\s?\/?>|&nbsp;/gi, ' '],
]
const BULLET = /^(?:[•·●▪◦]\s*|[-*+]\s+(?!-))/
const ANSWERED = /^>\s*/
const SLASH = /^\/(?=[\p{L}\d])/u

/** Without any of these nothing is taken off. */
const MAY_BE_WRAPPED = new RegExp(
  `[@＠“"「『‘'【\`*_~<\\[&>•·●▪◦/。．！!：:]|谢谢|辛苦|please|pl[sz]|thank|^\\s*[-+]|${INVISIBLE.source}|\\p{Emoji_Presentation}|\ufe0f`,
  'iu',
)
/** What ends a message and says nothing. */
const LAST =
  /(?<![。．\s])[。．\s]+$|(?<=[\d?？])[！!]{1,3}$|(?<!million|thousand|hundred|many)[\s,，。]{1,3}(?:please|pls|plz|thanks|thank you|谢谢|辛苦了?)$/i
/** The same of one short phrase; a sentence keeps its mark. */
const EXCLAIMED = /^([^，,；;。？?！!~～\n]{1,60})[！!~～]{1,3}$/

/** So deep may things be wrapped in one another. */
const MOST_LAYERS = 4

/**
 * What was said, without mentions of the bot, quotes and marks around it, bullets, faces, the last mark, and
 * the head of what was answered to or passed on. The same text where nothing else is left of it.
 */
export function unwrapped(typed: string): string {
  if (!MAY_BE_WRAPPED.test(typed)) return typed
  let said = typed
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const inner = linesIn(bare(headless(said)))
      .replace(LAST, '')
      .replace(EXCLAIMED, '$1')
    if (inner === said) break
    if (inner === '') return typed
    said = inner
  }
  return said
}

function headless(typed: string): string {
  let text = typed.replace(INVISIBLE, '')
  for (const [markup, instead] of MARKUP) text = text.replace(markup, instead)
  text = withoutOwnName(text).replace(QUOTED, '').replace(FACE, ' ')
  const heads = text.replace(SAID_AT, '')
  return (heads.trim() === '' ? text : heads).replace(PASSED_ON, '').trim()
}

/** Bullets of a list are none of what its lines say; in the midst of a text they are. */
function linesIn(text: string): string {
  const lines = withoutAnswered(text.split('\n'))
  const listed = BULLET.test(lines[0]?.trim() ?? '')
  return lines
    .map((line) => {
      const without = line.trim().replace(BULLET, '')
      return bare(listed || /^\d/.test(without) ? without : line)
    })
    .join('\n')
    .trim()
}

/** What stands behind > was said by somebody else, unless it is all there is. */
function withoutAnswered(lines: readonly string[]): readonly string[] {
  const isAnswered = (line: string) => ANSWERED.test(line.trim())
  if (!isAnswered(lines[0] ?? '')) return lines
  const own = lines.findIndex((line) => line.trim() !== '' && !isAnswered(line))
  return own < 0 ? lines.map((line) => line.trim().replace(ANSWERED, '')) : lines.slice(own)
}

/** A text without what stands around all of it. */
const bare = (text: string): string =>
  unpaired(unmarked(text).replace(PICTURE_FIRST, '').replace(PICTURE_LAST, '').replace(SLASH, ''))

function unpaired(text: string): string {
  const around = text.trim()
  for (const [open = '', close = ''] of PAIRS) {
    if (!around.startsWith(open) || !around.endsWith(close)) continue
    const inner = around.slice(open.length, -close.length)
    if (inner && !inner.includes(open) && !inner.includes(close)) return inner.trim()
  }
  return text
}
