import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { ClientFilter, Filtered } from '../../clients/filter/rules.ts'
import { filteredOf } from '../../clients/filter/store.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import { notFound } from '../../clients/rules.ts'
import type { Segment } from '../../clients/segments/rules.ts'
import { segmentNamed } from '../../clients/segments/store.ts'
import { filterAbout } from '../../completeness/filter-about.ts'
import { segmentCard, whyCard } from './cards.ts'
import { type ChoiceInput, choiceInput, filterMeant } from './choice.ts'
import * as policy from './policy.ts'
import { type Chosen, countChosen } from './store.ts'

type Input = ChoiceInput & ClientRef

interface Facts {
  /** Null: conditions that nobody kept. */
  readonly segment: Segment | null
  readonly filter: ClientFilter
  readonly shows: Chosen | (Filtered & { readonly name: string })
}

/** `客群 城东 B类`, `客群 沉睡户`, `客群 沉睡户 看 张三`: who is chosen, or why somebody is. */
export const showSegment = query<Input, Facts>({
  name: 'segment',
  may: policy.chooseClients,
  // A whole bank takes a second or more.
  concurrency: 'long',
  help: {
    usage: {
      zh: '客群 城东 B类 用信低于30% 60天未联系 · 客群 沉睡户 看 张三',
      en: 'segment tier B usage under 30% · segment Sleepers why Zhang',
    },
    purpose: {
      zh: '按条件选客户，看有多少；加"看 姓名"说明某位客户为什么在里面',
      en: 'choose clients by conditions and count them; "why" and a name says why a client is among them',
    },
  },
  phrases: {
    words: ['客群', 'segment'],
    lacks: asking({
      zh: '哪些条件，或哪个客群？比如 B类 60天未联系。',
      en: 'Which conditions, or which segment? For example tier B.',
    }),
    read: readOf,
  },
  input: z.object({ ...choiceInput, ...clientRef }),
  async load(tx, input, context) {
    const { who, at } = context
    const segment = input.said ? await segmentNamed(tx, who, input.said) : null
    const filter = segment?.filter ?? (await filterMeant(tx, context, input, 'segment'))
    if (filter instanceof Choice) return filter
    if (filter instanceof Refusal) return input.said ? noSegment(input.said, filter) : filter
    if (!input.named && !input.clientId) {
      return { segment, filter, shows: await countChosen(tx, context, filter) }
    }
    const client = await resolveClient(tx, context, input, { command: 'segment', input })
    if (client instanceof Refusal || client instanceof Choice) return client
    const about = await filterAbout(tx, filter, at)
    const looked = (await filteredOf(tx, [client.id], about)).get(client.id)
    return looked ? { segment, filter, shows: { ...looked, name: client.name } } : notFound('—')
  },
  reply({ segment, filter, shows }, _input, { who, at }) {
    const wording = { today: at.today, catalogue: at.catalogue, language: who.language }
    return 'name' in shows
      ? whyCard(filter, shows, wording)
      : segmentCard({ segment, filter, counted: shows }, wording)
  },
})

/** One word may have been meant as a name. */
const noSegment = (said: string, { because: { zh, en } }: Refusal): Refusal =>
  /\s/.test(said)
    ? refuse(zh, en)
    : refuse(`没有叫"${said}"的客群。${zh}`, `There is no segment "${said}". ${en}`)

function readOf(rest: string): Reading<Input> {
  if (!rest) return { kind: 'no' }
  const why = rest.match(/^(?<said>.+?)\s+(?:看|为什么有?|why|explain)\s+(?<named>\S.*)$/iu)?.groups
  return {
    kind: 'understood',
    input: why ? { said: why['said'], named: why['named'] } : { said: rest },
  }
}
