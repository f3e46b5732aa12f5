import type { Phrases } from '../../../bot/command.ts'
import { opt, since } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { people } from '../../../bot/grammar/slots/kinds/people.ts'
import { staff } from '../../../bot/grammar/slots/kinds/staff.ts'
import { until } from '../../../bot/grammar/slots/kinds/until.ts'
import { onDay } from '../../../bot/grammar/slots/kinds/when.ts'
import { tail } from '../../../bot/grammar/slots/labels/tail.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import type { Slot } from '../../../bot/grammar/slots/slot.ts'

/** Evenly to the whole team, where nobody is named. */
const EVENLY =
  /^(?:的客户)?[\s,:]*(?:都|全部)?(?:平均分?|均分|平分|evenly|even)(?:给大家|分给大家)?[\s.。!]*$/i

const TO = people(
  'to',
  {
    zh: '交给谁？写姓名或工号，几位用顿号分开；平均分给全队就回"平均"。',
    en: 'To whom? Names or staff codes, parted by commas; for all of the team say "evenly".',
  },
  {
    lead: /^(?:的客户)?[\s,:]*(?:都|全部)?(?:转?给|交给|to\b)?[\s:]*/i,
    trail: /[\s,]*(?:平均分?|均分|平分|evenly)[\s.。!]*$/i,
  },
)

/** Those whom an answer names; nobody: evenly to the team. */
export const receiversIn = (said: string): string[] =>
  EVENLY.test(said) ? [] : said.split(/[\s,，、;；]+/).filter(Boolean)

/** To whom a book goes; to nobody in particular: evenly to the team. */
const receivers: Slot = {
  ...TO,
  take(part, ...more) {
    const { text } = part.scanned
    if (!EVENLY.test(text.slice(part.start, part.end))) return TO.take(part, ...more)
    const place = { start: part.start, end: part.end, said: text.slice(part.start, part.end) }
    return { value: [], claims: [{ kind: 'opaque', value: null, ...place }] }
  },
}

/** "M003 平均", "M003 给 王五,赵六", "何勇 给 M005 M006": whose book goes to whom. */
export const BOOK_PHRASES: Phrases<unknown> = phrase(
  { words: ['交接', 'hand over'], strict: true },
  staff('of', { stops: /的客户|转?给/ }),
  receivers,
)

/** Between the client and the colleague: 共享 张三 给 王五. */
const LITTLE = /^(?:给|和|与|跟|with\b|to\b)[\s:]*/i

/** A colleague behind what leads to the name. */
function colleague(field: string, lead = LITTLE): Slot {
  const named = staff(field, { alone: true })
  return {
    ...named,
    take(part, before, claimed) {
      const { scanned, start, end } = part
      const led = scanned.text.slice(start, end).match(lead)?.[0].length ?? 0
      return named.take(since(part, start + led), before, claimed)
    },
  }
}

const HAND = '(?:转给|转交给?|交接给|移交给|交给)'

/** "张三 给 王五", "张三 王五", "张三转给王五", "把张三转给王五": a client and a colleague. */
export const CLIENT_PHRASES: Phrases<unknown> = phrase(
  {
    words: ['交接客户', '转客户', '客户转给', 'hand over client', 'hand client', 'transfer client'],
    behindName: new RegExp(HAND),
    opens: new RegExp(`^(?:把|将)\\s?(?=[^\\n]{1,20}?${HAND})`),
    strict: true,
  },
  client(),
  colleague('to', new RegExp(`^(?:${HAND}|给|to\\b)[\\s:]*(?:给|to\\b)?\\s*`, 'i')),
)

const UNTIL = until('until')
const SHARE_SLOTS: readonly Slot[] = [
  client(),
  colleague('with'),
  tail('reason', /(?:^|[\s,;])(?:因为?|由于|原因|理由|事由|为了?|because(?: of)?|for)[\s:]*/i),
  {
    ...UNTIL,
    ask: (doubt, subject, part) => ({
      ...UNTIL.ask(doubt, subject, part),
      question: {
        zh: `${doubt.said ? `"${doubt.said}"不能确定，` : ''}共享到哪天（含）？比如 12月31日。`,
        en: `${doubt.said ? `"${doubt.said}" is not clear. ` : ''}Shared until which day, that one included? For example 31 Dec.`,
      },
    }),
  },
]

/** "张三 王五", "张三 给 王五 到 12月31日 因为 一起谈授信": a client and a colleague, until when and what for. */
export const sharePhrases = (words: readonly string[]): Phrases<unknown> =>
  phrase({ words, strict: true }, ...SHARE_SLOTS)

/** A client and a colleague, and nothing else. */
export const UNSHARE_PHRASES: Phrases<unknown> = phrase(
  { words: ['取消共享', '停止共享', 'unshare'], strict: true },
  client(),
  colleague('with'),
)

/** A staff code or name, and perhaps the last day: "周龙 12/31". */
export const LEAVING_PHRASES: Phrases<unknown> = phrase(
  { words: ['离职', 'left'], strict: true },
  staff('person', { alone: true }),
  { ...opt(onDay('on')), leaves: true },
)
