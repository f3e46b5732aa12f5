import type { Reading } from '../../bot/grammar/reading.ts'

/** A change of the catalogue in one line. */
export type CatalogueWords =
  | { readonly act: 'list' }
  | { readonly act: 'add'; readonly named: string; readonly line: string; readonly words: string[] }
  | {
      readonly act: 'change'
      readonly named: string
      /** Null: stays as it is. The same for words. */
      readonly line: string | null
      readonly words: string[] | null
    }
  | { readonly act: 'stop' | 'offer'; readonly named: string }

const LINE = /\s*(?:条线|line)\s+(\S+)/i
const WORDS = /\s*(?:关键词|words?)\s+(.+)$/i

/**
 * Reads what follows "产品": nothing, "新增 银税贷 条线 小微信贷 关键词 税贷、银税", "改 结算卡 关键词
 * 对公卡、开户", "停用 理财", "启用 理财".
 */
export function readCatalogue(rest: string): Reading<CatalogueWords> {
  if (!rest) return { kind: 'understood', input: { act: 'list' } }
  const said = rest.match(
    /^(新增|增加|添加|add|改|修改|change|停用|下架|stop|启用|上架|offer)\s*(.+)$/i,
  )
  const [, verb = '', body = ''] = said ?? []
  const line = body.match(LINE)?.[1] ?? null
  const words =
    body
      .match(WORDS)?.[1]
      ?.split(/[、,，;；]+/)
      .map((word) => word.trim().toLowerCase())
      .filter(Boolean) ?? null
  const named = body.replace(WORDS, '').replace(LINE, '').trim()
  if (!named) return { kind: 'no' }
  if (/^(停用|下架|stop)$/i.test(verb)) return { kind: 'understood', input: { act: 'stop', named } }
  if (/^(启用|上架|offer)$/i.test(verb)) {
    return { kind: 'understood', input: { act: 'offer', named } }
  }
  if (/^(改|修改|change)$/i.test(verb)) {
    return line || words
      ? { kind: 'understood', input: { act: 'change', named, line, words } }
      : { kind: 'no' }
  }
  if (line) {
    return { kind: 'understood', input: { act: 'add', named, line, words: words ?? [] } }
  }
  const question = {
    zh: `"${named}"属于哪条业务条线？比如 支付结算。`,
    en: `Which line of business serves "${named}"? For example payments.`,
  }
  return {
    kind: 'asks',
    input: { act: 'add', named, line: '', words: words ?? [] },
    doubts: [{ question, slots: ['line'], expects: 'text' }],
  }
}
