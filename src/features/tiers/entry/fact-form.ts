import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import type { Card, FormField } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { type FactName, factKind, factLabel, INDUSTRY_CLASSES } from '../../tier-rules/facts.ts'
import { decideKnown } from '../../tier-rules/known.ts'
import { INDUSTRY_LABEL } from '../../tier-rules/labels.ts'
import { judgedAs, recordedFacts, standardsOn } from '../../tier-rules/store.ts'
import * as policy from '../policy.ts'
import { barredFrom } from './rules.ts'

/** Fields of one form; whoever fills these in is offered the rest. */
const MOST_FIELDS = 12

interface Facts {
  readonly client: Client
  readonly asked: readonly FactName[]
}

/** The form for what is missing of a client: first what leaves the tier open, then what lifts it. */
export const factForm = query<ClientRef, Facts>({
  name: 'fact-form',
  may: policy.recordFacts,
  help: {
    usage: { zh: '补 张三', en: 'fill Zhang' },
    purpose: {
      zh: '用表单补充客户还缺的信息',
      en: 'fill in what is missing of a client in a form',
    },
  },
  phrases: {
    words: ['补充', '补录', '补', 'fill'],
    lacks: lacksClient,
    read: (rest) =>
      /^\S{1,40}$/.test(rest) ? { kind: 'understood', input: { named: rest } } : { kind: 'no' },
  },
  input: z.object(clientRef),
  async load(tx, ref, { who, reach, at }) {
    const client = await resolveClient(tx, { who, reach }, ref, {
      command: 'fact-form',
      input: ref,
    })
    if (!('id' in client)) return client
    const standard = (await standardsOn(tx, at.today))[judgedAs(client.kind)]
    const [recorded] = await recordedFacts(tx, [client.id], at.today)
    const { knownOn = {}, facts = {} } = recorded ?? {}
    const about = { knownOn, today: at.today, decided: client.tier }
    const { missing, next } = decideKnown(standard, facts, about)
    const wanted = new Set([...missing, ...(next?.needs.flatMap((each) => each.missing) ?? [])])
    const asked = [...wanted].filter((fact) => !barredFrom(who.role, fact))
    return { client, asked: asked.slice(0, MOST_FIELDS) }
  },
  fault: ({ client, asked }) =>
    asked.length > 0
      ? null
      : refuse(
          `${client.name} 的分层不缺信息。要更正某项，请说"补 ${client.name} 净资产 320万"。`,
          `Nothing is missing for the tier of ${client.name}. To correct a fact say "fill ${client.name} net assets 3200000".`,
        ),
  reply: ({ client, asked }, _input, { who }) => factFormCard(client, asked, who.language),
})

function factFormCard(client: Client, asked: readonly FactName[], language: Language): Card {
  const say = speaker(language)
  const option = (value: string, label: string) => ({ value, label })
  const field = (fact: FactName): FormField => {
    const base = { name: fact, label: factLabel(fact)[language], required: false }
    switch (factKind(fact)) {
      case 'yes-no':
        return {
          ...base,
          type: 'choice',
          options: [option('是', say('是', 'yes')), option('否', say('否', 'no'))],
        }
      case 'industry':
        return {
          ...base,
          type: 'choice',
          options: INDUSTRY_CLASSES.map((code) =>
            option(code, inLanguage(INDUSTRY_LABEL[code], language)),
          ),
        }
      case 'yuan':
        return { ...base, type: 'amount', hint: say('如 320万', 'such as 3200000') }
      case 'ratio':
        return { ...base, type: 'text', hint: say('如 60%', 'such as 60%') }
      case 'months':
        return { ...base, type: 'text', hint: say('如 2019-05 或 30个月', 'such as 2019-05') }
      case 'age':
        return { ...base, type: 'text', hint: say('出生日期，如 1985-03-02', 'born on') }
      case 'country':
        return { ...base, type: 'text', hint: say('如 中国', 'such as CN') }
    }
  }
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say(`补充 ${client.name} 的信息`, `Facts of ${client.name}`),
          submit: say('登记', 'Record'),
          intent: { command: 'record-facts', input: { clientId: client.id } },
          fields: asked.map(field),
        },
      },
    ],
  }
}
