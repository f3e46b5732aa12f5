import type { Doubt, Reading } from '../../bot/grammar/reading.ts'

const CLOSING = /^(?:办?结(?:案|了)?|完结|处理完了?|close[d]?|settled?)(?:[\s:,]+|$)/i

/** Reads "张三 扣费没说明"; what the complaint is about is asked where it is missing. */
export function readComplaint(rest: string): Reading<{ named: string; about: string | null }> {
  if (!rest || CLOSING.test(rest)) return { kind: 'no' }
  return withRest(rest, 'about', (named) => ({
    zh: `${named} 投诉什么？请写一句。`,
    en: `What does ${named} complain of? One sentence will do.`,
  }))
}

/** Reads "结 张三 已退费，客户满意": closing takes what the client said. */
export function readClosing(rest: string): Reading<{ named: string; answer: string | null }> {
  const said = rest.replace(CLOSING, '')
  if (said === rest || !said) return { kind: 'no' }
  return withRest(said, 'answer', (named) => ({
    zh: `怎么处理的，${named} 怎么说？请写一句，例如"已退费，客户满意"。`,
    en: `How was it settled, and what did ${named} say? For example "refunded, satisfied".`,
  }))
}

function withRest<Slot extends string>(
  said: string,
  slot: Slot,
  question: (named: string) => Doubt['question'],
): Reading<{ named: string } & Record<Slot, string | null>> {
  const [, named = '', more = ''] = said.match(/^([^\s,;:。]+)[\s,;:。]*(.*)$/s) ?? []
  const input = { named, [slot]: more.trim() || null } as { named: string } & Record<
    Slot,
    string | null
  >
  if (input[slot]) return { kind: 'understood', input }
  return {
    kind: 'asks',
    input,
    doubts: [{ question: question(named), slots: [slot], expects: 'text' }],
  }
}
