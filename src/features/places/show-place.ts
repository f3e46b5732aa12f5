import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { Choice, refuse } from '../../core/decision.ts'
import { type Text, text } from '../../core/text.ts'
import { industryOf } from '../registers/industries.ts'
import { REGISTER_LABELS } from '../registers/labels.ts'
import { matchNames, nearNames } from '../registers/store.ts'
import { markOf } from '../tier-rules/marks.ts'
import type { Standard } from '../tier-rules/standard.ts'
import { standardsOn } from '../tier-rules/store.ts'
import { placeCard, placesCard } from './cards.ts'
import * as policy from './policy.ts'
import type { ListedPlace, ShownPlace } from './rules.ts'
import { clientsIn, clustersIn, placesListed } from './store.ts'

const input = z.object({ named: z.string().trim().min(1).max(40) })

const showing = (register: 'region' | 'industry', example: Text, which: Text) =>
  query<z.infer<typeof input>, ShownPlace>({
    name: register,
    may: policy.seePlaces,
    help: {
      usage: {
        zh: `${REGISTER_LABELS[register].zh} ${example.zh}`,
        en: `${register} ${example.en}`,
      },
      purpose:
        register === 'region'
          ? {
              zh: '一个区域：客户、久未联系的、集群、下次走访',
              en: 'a region: its clients, those not contacted for long, clusters, next visit',
            }
          : {
              zh: '一个行业：国标代码、本行类别、叫法、客户',
              en: "an industry: its code, the bank's mark, what it is called, its clients",
            },
    },
    phrases: {
      words: [REGISTER_LABELS[register].zh, register],
      lacks: asking(which),
      read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
    },
    input,
    async load(tx, { named }, context) {
      const asCode = register === 'industry' ? industryOf(named)?.name : undefined
      const [entry] = await matchNames(tx, register, [asCode ?? named])
      const { zh, en } = REGISTER_LABELS[register]
      if (!entry) {
        const near = await nearNames(tx, register, named)
        return near.length > 0
          ? new Choice(
              {
                zh: `没有${zh}"${named}"，是下面哪一个？`,
                en: `There is no ${en} "${named}". Which one is it?`,
              },
              near.map((label) => ({
                label,
                intent: { command: register, input: { named: label } },
              })),
            )
          : refuse(
              `没有${zh}"${named}"。说"${zh}"看都有哪些。`,
              `There is no ${en} "${named}". Say "${register === 'region' ? 'regions' : 'industries'}" to see them.`,
            )
      }
      const standards = await standardsOn(tx, context.at.today)
      const mark = (kind: Standard['kind']) => markOf(entry.code, standards[kind].industries)
      return {
        register,
        entry,
        found: await clientsIn(tx, register, entry.id, context),
        clusters: register === 'region' ? await clustersIn(tx, entry.id) : [],
        marks: entry.code ? { existing: mark('existing'), prospect: mark('prospect') } : null,
      }
    },
    reply: (place, _input, { at, who }) => placeCard(place, at.today, who.language),
  })

/** `区域 城东`: the card of a region. */
export const showRegion = showing(
  'region',
  text('城东', 'East'),
  text('哪个区域？', 'Which region?'),
)
/** `行业 餐饮`: the card of an industry. */
export const showIndustry = showing(
  'industry',
  text('餐饮', 'catering'),
  text('哪个行业？', 'Which industry?'),
)

const listing = (register: 'region' | 'industry', plural: string) =>
  query<unknown, readonly ListedPlace[]>({
    name: plural,
    may: policy.seePlaces,
    concurrency: 'long',
    help: {
      usage: { zh: REGISTER_LABELS[register].zh, en: plural },
      purpose: {
        zh: `各${REGISTER_LABELS[register].zh}有多少客户`,
        en: `how many clients each ${register} has`,
      },
    },
    phrases: {
      words: [REGISTER_LABELS[register].zh, `${REGISTER_LABELS[register].zh} 清单`, plural],
      read: wholeLine({}),
    },
    input: z.unknown(),
    load: (tx) => placesListed(tx, register),
    reply: (places, _input, { who }) => placesCard(register, places, who.language),
  })

/** `区域`, `行业`: those with most clients. */
export const listRegions = listing('region', 'regions')
export const listIndustries = listing('industry', 'industries')
