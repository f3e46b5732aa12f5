import { inLanguage, type Language, type Say, speaker } from '../../../core/text.ts'
import { changeLabel } from '../labels.ts'
import type { ImportRecord, Verdict } from '../rules.ts'

const VERDICT_LINES: Readonly<Record<Verdict, (count: number, say: Say) => string>> = {
  new: (count, say) => say(`新客户 ${count} 位`, `New: ${count}`),
  changed: (count, say) => say(`有变化 ${count} 位`, `Changed: ${count}`),
  also: (count, say) => say(`同一客户的更多授信 ${count} 行`, `More of the same client: ${count}`),
  same: (count, say) => say(`没有变化 ${count} 位`, `The same: ${count}`),
  twice: (count, say) => say(`重复的行 ${count}`, `Repeated rows: ${count}`),
  listed: (count, say) =>
    say(`在负面清单上 ${count} 位，不录入`, `On the negative list, not entered: ${count}`),
  foreign: (count, say) =>
    say(`别人在服务 ${count} 位，不改动`, `Served by others, left alone: ${count}`),
  rejected: (count, say) => say(`不能采用 ${count} 行`, `Not to be used: ${count}`),
}

/** Kinds of change that are named. */
const MOST_CHANGES = 6

/** Of lists, whose rows are about all sorts of things. */
const LIST_LINES: typeof VERDICT_LINES = {
  ...VERDICT_LINES,
  new: (count, say) => say(`新的 ${count} 行`, `New: ${count}`),
  changed: (count, say) => say(`有变化 ${count} 行`, `Changed: ${count}`),
  same: (count, say) => say(`没有变化 ${count} 行`, `The same: ${count}`),
}

/** How many rows come to what, a line each. */
export function countLines({ counts, kind }: ImportRecord, language: Language): string[] {
  const say = speaker(language)
  const words = kind === 'clients' ? VERDICT_LINES : LIST_LINES
  const lines = (Object.keys(VERDICT_LINES) as Verdict[]).flatMap((verdict) => {
    const count = counts.verdicts[verdict] ?? 0
    if (count === 0) return []
    const line = words[verdict](count, say)
    if (verdict === 'rejected') return [line, ...counts.why.map((each) => whyLine(each, say))]
    return [verdict === 'changed' ? `${line}${changesOf(counts.changes, language)}` : line]
  })
  return [
    ...lines.map((line) => (line.startsWith(' ') ? line : `· ${line}`)),
    ...(counts.history > 0
      ? [say(`· 历史记录 ${counts.history} 条`, `· Past talks and visits: ${counts.history}`)]
      : []),
    ...(counts.onFile > 0
      ? [
          say(
            `· 涉及在册客户 ${counts.onFile} 位`,
            `· Clients on file whom they mean: ${counts.onFile}`,
          ),
        ]
      : []),
    ...(counts.otherOwner > 0
      ? [
          say(
            `其中 ${counts.otherOwner} 位写的客户经理和在册的不同，没有改；要移交请用"交接"。`,
            `${counts.otherOwner} of them name another manager than on file, which is left as it is; hand clients over instead.`,
          ),
        ]
      : []),
  ]
}

const whyLine = ({ text, count }: ImportRecord['counts']['why'][number], say: Say): string =>
  say(`  ${count} 行：${text.zh}`, `  ${count}: ${text.en}`)

function changesOf(changes: Readonly<Record<string, number>>, language: Language): string {
  const say = speaker(language)
  const all = Object.entries(changes)
  if (all.length === 0) return ''
  const named = all
    .slice(0, MOST_CHANGES)
    .map(([key, count]) => `${inLanguage(changeLabel(key), language)} ${count}`)
  const more = all.length > MOST_CHANGES ? [say('等', 'and more')] : []
  return say(`（${[...named, ...more].join('、')}）`, ` (${[...named, ...more].join(', ')})`)
}
