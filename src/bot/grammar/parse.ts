import type { Intent } from '../../core/intent.ts'
import type { Command } from '../command.ts'
import type { Moment } from '../moment.ts'
import { asTyped } from './as-typed.ts'
import { candidates, nearest } from './commands/candidates.ts'
import { setOff } from './commands/command-words.ts'
import { normalise } from './normalise.ts'
import { readNumber } from './number.ts'
import type { Doubt, Reading } from './reading.ts'
import { type Scanned, scan } from './scan/scan.ts'
import { namesAt } from './slots/kinds/whose.ts'
import { decidedApart } from './slots/numbered.ts'
import { unwrapped } from './wrapping/unwrapped.ts'

/** What was understood, with doubtful slots still open. */
export interface Question {
  readonly intent: Intent
  readonly doubts: readonly [Doubt, ...Doubt[]]
  /** The word of a command that was all that was said: what answers first is read behind it. */
  readonly begun?: string | undefined
}

export type Parsed =
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'asks'; readonly ask: Question }
  /** Several commands in one text, a line each, with what goes on in further lines. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'unknown'; readonly nearest: readonly Command[] }

/** What people say before what they want: 收到，; 麻烦记一下; please. */
const POLITE = new RegExp(
  `^\\s*(?:${[
    '(?:好的?|收到|明白|嗯+|恩+|哦|行|ok(?:ay)?|hi|hello|hey|你好|您好)(?=[\\s,，.。!！:：])',
    '(?:麻烦|请)?(?:你|您)?(?:帮(?:我|忙))?(?:记|登记|汇报|报告|更新|报)(?:一?下)?(?=[\\s,，:：])',
    '客户(?=[\\u4e00-\\u9fff]{2,4}(?:没接|没人接|没打通|不接|拒绝|有意向))',
    '(?:然后|还有|对了|另外)(?:那个|就是)?',
    '麻烦(?:你|您)?|请(?:问|你|您)?|帮(?:我|忙)|(?:给|发)我[一个]{0,2}|我(?:要|想|来)?|看看|看一?下|看(?=今[天日])',
    "(?:please|pls|plz|can you|could you|i want to|i need to|i'd like to|help me|let me|show me)\\s",
  ].join('|')})[\\s,，.。!！:：]*`,
  'i',
)
/** What people say behind it: 张三电话多少来着, thanks. */
const POLITE_END =
  /(?:[\s,，]*(?:来着|谢谢(?:你|您)?|多谢|辛苦了?|(?<=[^\s,，])[呀啊呢嘛啦哈哦]|\b(?:please|pls|plz|thanks|thx)))+[\s,，.。!！~～]*$/i
/** A request with less and less of what is only polite. */
function* plainer(typed: string): Generator<string> {
  let before = typed
  for (let step = 0; step < MOST_POLITE; step++) {
    const bare = before.replace(POLITE, '')
    for (const said of new Set([bare, withoutEnd(bare)]))
      if (said !== '' && said !== before) yield said
    if (bare === before) return
    before = bare
  }
}
const MOST_POLITE = 3
/** Only so much of the end is looked at, as a text may be nothing but commas. */
const END = 24
const withoutEnd = (said: string): string =>
  said.slice(0, -END) + said.slice(-END).replace(POLITE_END, '')
/** What people say before they know what they say. */
const HESITATION =
  /^(?:嗯+那个|呃+|额(?!度)|嗯+(?!嗯)(?=[^\s,，.。!！嗯])|哎(?!呀)|诶|那个[,，]|um+\b|uh+\b)[\s,，.。…]*(?=\S)/i

/** Among what a text is read. */
interface Among {
  readonly commands: readonly Command[]
  readonly at: Moment
  /** Of clients whom it may name, as they are on file. */
  readonly names: readonly string[]
}

/**
 * What a typed text means among these commands. The longest word that it begins with decides; a
 * request may begin politely (帮我查 张三). `names`: of clients whom it may name, as they are on file.
 */
export function parse(
  said: string,
  commands: readonly Command[],
  at: Moment,
  names: readonly string[] = [],
): Parsed {
  const typed = unwrapped(said).replace(HESITATION, '')
  const among = { commands, at, names }
  const lines = linesOf(typed, among)
  if (lines.length > 1) return { kind: 'lines', lines }
  const parsed = parsePlain(typed, among)
  for (const bare of [typed, ...plainer(typed)]) {
    const asked = bare === typed ? parsed : parsePlain(bare, among)
    const each = ofEachNamed(bare, asked, among)
    if (each.length > 1) return { kind: 'lines', lines: each }
    if (asked.kind !== 'unknown') return asked
  }
  // 我是谁, and 今日 below it: what can be done is not lost for the line that cannot be read.
  const [first = '', ...others] = nonBlank(typed)
  const apart = others.some((line) => saidIn(line, among)) ? cut(first, others, null, among) : []
  return apart.length > 1 ? { kind: 'lines', lines: apart } : parsed
}

const nonBlank = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/**
 * A text cut where a line says a command of its own, which no free text before it may swallow. What
 * begins with no command is left whole.
 */
function linesOf(typed: string, among: Among): readonly string[] {
  const [first = '', ...others] = nonBlank(typed)
  if (others.length === 0) {
    const apart = [first, ...plainer(first)].map(decidedApart).find(({ length }) => length > 1)
    return apart?.every((each) => saidIn(each, among)) ? apart : [typed]
  }
  const [only] = candidates(counted(normalise(first)), among.commands, among.names.length > 0)
  const goesOn = (line: string) => only !== undefined && isItemOf(only.command, line, among)
  if (only?.command.phrases?.itemsInLines && [first, ...others].every(goesOn)) return [typed]
  const begun = saidIn(first, among)
  return begun ? cut(first, others, begun, among) : [typed]
}

/**
 * What is said of several clients whom a line begins with, of each by itself (张三、李四转给王五), where of all together
 * it is not understood, or is what another command says of each. `whole`: what the line means.
 */
function ofEachNamed(typed: string, whole: Parsed, among: Among): readonly string[] {
  if (among.names.length < 2) return []
  const { text, pieces } = scan(typed, among)
  const start = text.match(/^(?:把|将)\s?/)?.[0].length ?? 0
  const named = namesAt({ text, pieces }, start)
  if (!named || named.named.length < 2) return []
  const said = text.slice(named.end).replace(/^\s?[都全](?:部)?/, '')
  const each = named.named.map((name) => `${text.slice(0, start)}${name}${said}`)
  const all = commandOf(whole)
  const yields = among.commands.find(({ name }) => name === all)?.phrases?.yields ?? !all
  const better = (one: Parsed): boolean =>
    (yields && commandOf(one) !== all) || (whole.kind === 'asks' && one.kind === 'intent')
  return each.every((line) => saidIn(line, among) && better(parsePlain(line, among))) ? each : []
}

function commandOf(parsed: Parsed): string | null {
  if (parsed.kind === 'intent') return parsed.intent.command
  return parsed.kind === 'asks' ? parsed.ask.intent.command : null
}

/** Lines, each with those below it that say no command of their own. `begun`: what the first says. */
function cut(
  first: string,
  others: readonly string[],
  begun: Command | null,
  among: Among,
): readonly string[] {
  let saying = begun
  const lines = [first]
  for (const line of others) {
    const said = saying && isItemOf(saying, line, among) ? saying : saidIn(line, among)
    if (said && !(said === saying && said.phrases?.itemsInLines)) {
      lines.push(line)
      saying = said
    } else lines[lines.length - 1] += `\n${line}`
  }
  return lines
}

/** Whether nothing but a further item can be meant, so that the line needs not be read by itself. */
function isItemOf(saying: Command, line: string, { commands, names }: Among): boolean {
  if (!saying.phrases?.headed) return false
  const found = candidates(counted(normalise(line)), commands, names.length > 0)
  return found.length > 0 && found.every(({ command }) => command === saying)
}

/** The command that a line says by itself; null where it is a sentence that only begins like one. */
function saidIn(line: string, among: Among): Command | null {
  const bare = line.replace(POLITE, '')
  for (const said of bare && bare !== line ? [line, bare] : [line]) {
    for (const { command } of readings(said, among)) {
      return setOff(counted(normalise(said)), command) ? command : null
    }
  }
  return null
}

/**
 * What is meant where the word stands behind the client (张三 需要 结算卡), said in order; null where
 * that says nothing either.
 */
export function inOrder(typed: string, commands: readonly Command[], at: Moment): Ordered | null {
  const [, named = '', rest = ''] = typed.match(/^\s*(\p{L}[^\s,，]{0,19})[\s,，]+(.+)$/su) ?? []
  const seen = normalise(rest)
  for (const { command, word } of candidates(seen, commands)) {
    const { length } = word
    if (length === 0 || /^\S/.test(seen.slice(length))) continue
    const said = `${seen.slice(0, length)} ${named} ${rest.slice(length).trim()}`.trim()
    const parsed = parsePlain(said, { commands: [command], at, names: [] })
    if (parsed.kind === 'intent') return { said, intent: parsed.intent }
  }
  return null
}

export interface Ordered {
  readonly said: string
  readonly intent: Intent
}

function parsePlain(typed: string, among: Among): Parsed {
  for (const { command, reading } of readings(typed, among)) {
    const { name, phrases } = command
    const input = phrases?.read ? asTyped(reading.input, phrases.free ?? [], typed) : reading.input
    const intent = { command: name, input }
    if (reading.kind === 'understood') return { kind: 'intent', intent }
    return { kind: 'asks', ask: { intent, doubts: reading.doubts } }
  }
  return { kind: 'unknown', nearest: nearest(counted(normalise(typed)), among.commands) }
}

/** What each command makes of a text, the likeliest first, but for those that it does not say. */
function* readings(typed: string, { commands, at, names }: Among) {
  const text = counted(normalise(typed))
  let scanned: Scanned | null = null
  for (const { command, rest, word } of candidates(text, commands, names.length > 0)) {
    const { phrases } = command
    let reading: Reading<unknown> | undefined
    if (phrases?.scans) {
      scanned ??= scan(typed, { at, names })
      const from = behindWord(scanned.text, word)
      reading = from === null ? undefined : phrases.scans(scanned, from).reading
    } else reading = phrases?.read?.(rest, at)
    if (reading && reading.kind !== 'no' && !asksForName(reading.input)) yield { command, reading }
  }
}

/** What asks is no name, nor is what is asked for: 放款要几天, 批准文号是多少, 走访排名. */
const ASKS =
  /什么|多少|怎么|几[天个类级时次月]|哪[些个里儿]|^(?:排名|排行榜?|情况|次数|数量|记录|统计|汇总|名单)$/

function asksForName(input: unknown): boolean {
  const named = typeof input === 'object' && input && 'named' in input ? input.named : null
  return typeof named === 'string' && ASKS.test(named)
}

/** Where a scanned text goes on behind a command's word; null: it does not begin with it. */
function behindWord(text: string, word: string): number | null {
  if (!text.toLowerCase().startsWith(word)) return null
  return word.length + (text.slice(word.length).match(/^[\s:,]+/)?.[0].length ?? 0)
}

/** The place on a list that a line begins with, in digits: 第二个没接 is 第2件没接, #5 is 5. */
function counted(text: string): string {
  const begins =
    /^(?:第\s*[\d一二三四五六七八九十]{1,3}|[一二三四五六七八九十]{1,3}号|#|no\.? ?\d|number \d|\d{1,3}(?:st|nd|rd|th)\b|(?:first|second|third|fourth|fifth)\b)/i
  if (!begins.test(text)) return text
  return text
    .replace(/(^|[\s,;。、])(?:#|no\.? ?|number )(?=\d{1,3}(?!\d))/gi, '$1')
    .replace(/(^|[\s,;])(\d{1,3})(?:st|nd|rd|th)\b(?: one\b)?/gi, '$1$2')
    .replace(/(^|[\s,;])(first|second|third|fourth|fifth)\b(?: one\b)?/gi, (_, before, word) => {
      return `${before}${ORDINALS.indexOf(String(word).toLowerCase()) + 1}`
    })
    .replace(PLACE, (whole, before: string, _place, first, alone) => {
      const number = readNumber(String(first ?? alone))
      return number && number < 100 ? `${before}第${number}件` : whole
    })
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']

const PLACE =
  /(^|[\s,;。、])(第\s*([\d一二三四五六七八九十]{1,3})\s*(?:个(?![月人星礼季])|件|条|位|户|号)|([一二三四五六七八九十]{1,3})号(?![楼店线码院]))/g

/** Whether a text begins with the word of a command. */
const beginsLike = (text: string, commands: readonly Command[]): boolean =>
  candidates(text, commands).some(({ command, word }) => word || command.phrases?.shape)

/** What a text by itself may mean, where there is such a client. */
export interface Alone {
  /** The name, or the part of one or of a phone, that it is. */
  readonly named: string
  readonly intent: Intent
}

/** What a text by itself may mean (张三, 0072); null: it begins like a command, or looks like nobody. */
export function aloneIn(said: string, commands: readonly Command[], at: Moment): Alone | null {
  const typed = unwrapped(said)
  for (const named of [typed, ...plainer(typed)].map(normalise)) {
    if (beginsLike(named, commands)) return null
    for (const command of commands) {
      const { alone, words = [] } = command.phrases ?? {}
      if (!alone?.test(named)) continue
      const parsed = parsePlain(`${words[0]} ${named}`, { commands: [command], at, names: [] })
      if (parsed.kind === 'intent') return { named, intent: parsed.intent }
    }
  }
  return null
}
